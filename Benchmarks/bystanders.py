"""How much of the machine other programs used meanwhile, whose noise is in the results."""

import os
import pathlib
import resource
from dataclasses import dataclass


@dataclass(frozen=True)
class Use:
    """Seconds of computing up to now."""

    available: float
    busy: float
    stolen: float
    own: float

    @staticmethod
    def now() -> "Use":
        """As the kernel counts it; own is that of this program, and of its children that have ended."""
        # user nice system idle iowait irq softirq steal (proc(5)).
        line = pathlib.Path("/proc/stat").read_text().splitlines()[0]
        user, nice, system, idle, iowait, irq, softirq, stolen = (
            int(ticks) / os.sysconf("SC_CLK_TCK") for ticks in line.split()[1:9])
        busy = user + nice + system + irq + softirq
        usages = [resource.getrusage(who)
                  for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return Use(busy + idle + iowait + stolen, busy, stolen,
                   sum(usage.ru_utime + usage.ru_stime for usage in usages))

    def sentence(self) -> str:
        """The use since then, once all children of this program have ended."""
        now = Use.now()
        available = now.available - self.available
        others = max(now.busy - self.busy - (now.own - self.own), 0) / available
        stolen = (now.stolen - self.stolen) / available
        return (f"Meanwhile others (and the kernel on its own account) used {others:.1%} of the "
                f"{os.cpu_count()} cores, and the host withheld {stolen:.1%}.")
