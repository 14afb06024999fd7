extension MailKind {
    /// The file `Templates/<kind>.txt`, as the package manager put it into the program.
    var englishText: [UInt8] {
        switch self {
        case .welcome: PackageResources.welcome_txt
        case .approvalWanted: PackageResources.approvalWanted_txt
        case .approved: PackageResources.approved_txt
        case .declined: PackageResources.declined_txt
        case .invited: PackageResources.invited_txt
        case .verify: PackageResources.verify_txt
        case .reset: PackageResources.reset_txt
        case .passwordChanged: PackageResources.passwordChanged_txt
        case .passwordReset: PackageResources.passwordReset_txt
        case .newDevice: PackageResources.newDevice_txt
        case .emailChanged: PackageResources.emailChanged_txt
        case .apiKeyCreated: PackageResources.apiKeyCreated_txt
        case .addressRejected: PackageResources.addressRejected_txt
        case .ownerChanged: PackageResources.ownerChanged_txt
        case .factorAdded: PackageResources.factorAdded_txt
        case .factorRemoved: PackageResources.factorRemoved_txt
        case .recoveryCodeUsed: PackageResources.recoveryCodeUsed_txt
        case .recoveryCodesReplaced: PackageResources.recoveryCodesReplaced_txt
        case .factorsReset: PackageResources.factorsReset_txt
        case .passwordless: PackageResources.passwordless_txt
        case .test: PackageResources.test_txt
        }
    }

    /// The file `Templates/<kind>.html`.
    var englishHTML: [UInt8] {
        switch self {
        case .welcome: PackageResources.welcome_html
        case .approvalWanted: PackageResources.approvalWanted_html
        case .approved: PackageResources.approved_html
        case .declined: PackageResources.declined_html
        case .invited: PackageResources.invited_html
        case .verify: PackageResources.verify_html
        case .reset: PackageResources.reset_html
        case .passwordChanged: PackageResources.passwordChanged_html
        case .passwordReset: PackageResources.passwordReset_html
        case .newDevice: PackageResources.newDevice_html
        case .emailChanged: PackageResources.emailChanged_html
        case .apiKeyCreated: PackageResources.apiKeyCreated_html
        case .addressRejected: PackageResources.addressRejected_html
        case .ownerChanged: PackageResources.ownerChanged_html
        case .factorAdded: PackageResources.factorAdded_html
        case .factorRemoved: PackageResources.factorRemoved_html
        case .recoveryCodeUsed: PackageResources.recoveryCodeUsed_html
        case .recoveryCodesReplaced: PackageResources.recoveryCodesReplaced_html
        case .factorsReset: PackageResources.factorsReset_html
        case .passwordless: PackageResources.passwordless_html
        case .test: PackageResources.test_html
        }
    }
}
