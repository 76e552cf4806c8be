// Everything that needs a running service and real stores. One test at a time: they share two cores and one
// Postgres and one Redis, which some of them kill.
import Testing

@Suite(.serialized) enum WholeService {}
