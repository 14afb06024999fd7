// Metrics: numbers that one thread writes and every thread may read, without locks.
//
// Contains histograms and the text format of Prometheus. Which numbers there are is known only where
// they arise.
// May import: nothing.
// Begin with `Histogram.swift`, then `Exposition.swift`.
