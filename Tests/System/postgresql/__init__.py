"""Daemons on PostgreSQL, and faults of the servers, of their replicas, and of the way there."""

from harness.database_servers import PROGRAMS
from harness.topic import Topic
from postgresql import commits, disk, failover, invalidation, killed, restarts, slow, starts

TOPIC = Topic(
    "Do daemons on PostgreSQL lose nothing, and know of each other within a second, whatever fails?",
    {"failover": failover.run_direct, "failover-frozen": failover.run_frozen,
     "failover-pooled": failover.run_pooled,
     "killed": killed.run, "commits": commits.run, "slow": slow.run,
     "disk": disk.run, "restarts": restarts.run_killed, "stale": restarts.run_stale,
     "replica": restarts.run_replica, "logouts": invalidation.run_direct,
     "pgbouncer": invalidation.run_pooled, "together": starts.run_together,
     "keys": starts.run_keys, "rotation": starts.run_rotation},
    programs=("setpriv", "ipcrm", "mount", "/usr/sbin/pgbouncer"), files=(PROGRAMS / "postgres",),
    deadline_seconds=lambda options: 600 + 15 * options.rounds)
