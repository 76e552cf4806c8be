// Everything that runs the real binary. One test at a time: they share two cores, and some measure time.
import Testing

@Suite(.serialized) enum WholeProgram {}
