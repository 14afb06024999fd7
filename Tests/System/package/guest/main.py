"""Runs in the machine: the life of a package from its installation to its end."""

import installation
import mail
import removal
import service
import system
import upgrade
from report import Report

if __name__ == "__main__":
    report = Report()
    system.make_hashing_cheap()
    for step in (
            installation.install, installation.set_up, service.confinement, service.reload,
            service.crash, service.commands, service.backups, service.doctor,
            mail.under_network_rules, upgrade.under_load, upgrade.downgrade, upgrade.elsewhere,
            upgrade.refused, upgrade.unpacked, upgrade.mended, upgrade.earlier_schema,
            removal.remove_and_install, removal.purge_and_install, removal.purge_mounted):
        report.run(step)
    report.end()
