extension MailKind {
    /// The file `Templates/<kind>.de.txt`, as the package manager put it into the program.
    var germanText: [UInt8] {
        switch self {
        case .welcome: PackageResources.welcome_de_txt
        case .approvalWanted: PackageResources.approvalWanted_de_txt
        case .approved: PackageResources.approved_de_txt
        case .declined: PackageResources.declined_de_txt
        case .invited: PackageResources.invited_de_txt
        case .verify: PackageResources.verify_de_txt
        case .reset: PackageResources.reset_de_txt
        case .passwordChanged: PackageResources.passwordChanged_de_txt
        case .passwordReset: PackageResources.passwordReset_de_txt
        case .newDevice: PackageResources.newDevice_de_txt
        case .emailChanged: PackageResources.emailChanged_de_txt
        case .apiKeyCreated: PackageResources.apiKeyCreated_de_txt
        case .addressRejected: PackageResources.addressRejected_de_txt
        case .ownerChanged: PackageResources.ownerChanged_de_txt
        case .factorAdded: PackageResources.factorAdded_de_txt
        case .factorRemoved: PackageResources.factorRemoved_de_txt
        case .recoveryCodeUsed: PackageResources.recoveryCodeUsed_de_txt
        case .recoveryCodesReplaced: PackageResources.recoveryCodesReplaced_de_txt
        case .factorsReset: PackageResources.factorsReset_de_txt
        case .passwordless: PackageResources.passwordless_de_txt
        case .test: PackageResources.test_de_txt
        }
    }

    /// The file `Templates/<kind>.de.html`.
    var germanHTML: [UInt8] {
        switch self {
        case .welcome: PackageResources.welcome_de_html
        case .approvalWanted: PackageResources.approvalWanted_de_html
        case .approved: PackageResources.approved_de_html
        case .declined: PackageResources.declined_de_html
        case .invited: PackageResources.invited_de_html
        case .verify: PackageResources.verify_de_html
        case .reset: PackageResources.reset_de_html
        case .passwordChanged: PackageResources.passwordChanged_de_html
        case .passwordReset: PackageResources.passwordReset_de_html
        case .newDevice: PackageResources.newDevice_de_html
        case .emailChanged: PackageResources.emailChanged_de_html
        case .apiKeyCreated: PackageResources.apiKeyCreated_de_html
        case .addressRejected: PackageResources.addressRejected_de_html
        case .ownerChanged: PackageResources.ownerChanged_de_html
        case .factorAdded: PackageResources.factorAdded_de_html
        case .factorRemoved: PackageResources.factorRemoved_de_html
        case .recoveryCodeUsed: PackageResources.recoveryCodeUsed_de_html
        case .recoveryCodesReplaced: PackageResources.recoveryCodesReplaced_de_html
        case .factorsReset: PackageResources.factorsReset_de_html
        case .passwordless: PackageResources.passwordless_de_html
        case .test: PackageResources.test_de_html
        }
    }
}
