"""What all system tests and benchmarks use: processes, daemons, proxies, clients and reports.

Nothing here checks anything. `Tests/System/run` finds this package because it lies beside it, the
benchmarks because of the link `Benchmarks/harness`.
"""
