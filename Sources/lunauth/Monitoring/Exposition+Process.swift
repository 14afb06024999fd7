import Auth
import System
import Metrics

extension Exposition {
    /// Adds the process, under the names that all Prometheus clients use, and its version.
    ///
    /// - Parameter started: When it started.
    mutating func appendProcess(started: Timestamp) {
        gauge(
            "lunauth_build_info", "Always 1; the label says which version runs.",
            [Series([("version", Version.current)], .count(1))])
        gauge(
            "process_start_time_seconds", "When the process started, since 1970.",
            .nanoseconds(UInt64(clamping: started.milliseconds) &* 1_000_000))
        guard let usage = try? ProcessUsage() else { return }
        counter(
            "process_cpu_seconds_total", "Time computed, in user space and in the kernel.",
            .nanoseconds(usage.cpuNanoseconds))
        gauge(
            "process_resident_memory_bytes", "Memory that the process occupies.",
            .count(usage.residentBytes))
        gauge(
            "process_virtual_memory_bytes", "Addresses that the process has reserved.",
            .count(usage.virtualBytes))
        gauge(
            "process_open_fds", "Descriptors that are open.",
            .count(UInt64(clamping: usage.descriptors)))
        gauge(
            "process_max_fds", "Descriptors that may be open.", .count(usage.maximumDescriptors))
    }
}
