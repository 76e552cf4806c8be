// Everything that needs a running server and real sockets. One test at a time: they share two cores, and some
// of them hold thousands of connections.
import Testing

@Suite(.serialized) enum OverSockets {}
