// Everything that needs a running service and real stores. One test at a time: they share two cores and one
// Postgres and one Redis, which some of them kill. One that hangs is told by its name, and ends what it waits
// for.
import Testing

@Suite(.serialized, .timeLimit(.minutes(20))) enum WholeService {}
