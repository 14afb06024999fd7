import Auth

extension English: FactorTexts {
    var enterCode: String { "Enter your code" }
    var proveWithPasskey: String { "Use your passkey" }
    var oneMoreStep: String { "Your password is correct. One more step." }
    var sixDigitCode: String { "6-digit code" }
    var sixDigitCodeHint: String {
        "From the authenticator app on your phone. It changes every 30 seconds."
    }
    func trustBrowser(days: Int) -> String {
        days == 1 ? "Trust this browser for a day" : "Trust this browser for \(days) days"
    }
    var trustBrowserHint: String {
        "Until then your password is enough to sign in here. Not for a shared computer."
    }
    var continueSignIn: String { "Continue" }
    var otherMethods: String { "Other methods" }
    var usePasskey: String { "Use a passkey" }
    var signInWithPasskey: String { "Sign in with a passkey" }
    var useRecoveryCode: String { "Use a recovery code" }
    var recoveryCode: String { "Recovery code" }
    var recoveryCodeHint: String { "One of the ten that you saved. Each works once." }
    var checkRecoveryCode: String { "Check it and try again. A code works once." }
    func signingIn(as email: String) -> String { "Signing in as \(email)." }
    var notYou: String { "Not you?" }
    var passkeyNeedsScript: String {
        "Passkeys need a recent browser that runs scripts."
    }

    var passkeyCancelled: String {
        "It was cancelled, or this device has no passkey for your account."
    }
    var passkeyKnown: String { "This device already has a passkey for your account." }
    var passkeyFailed: String { "That did not work. Try again in a moment." }
    var registerPasskeyAgain: String {
        "Sign in another way, remove this passkey, and add it again."
    }
    func passkeysElsewhere(_ site: String) -> String {
        "Passkeys work at \(site) only. Open the page there to use them."
    }
    func passkeysUnavailable(_ obstacle: PasskeyAvailability.Obstacle) -> String {
        switch obstacle {
        case .address:
            "Passkeys are not available: the address of this site is a number. "
                + "They need a host name."
        case .insecure:
            "Passkeys are not available: this site is opened without https."
        case .otherDomain:
            "Passkeys are not available: the address of this site does not fit its "
                + "settings."
        }
    }

    var recoveryCodes: String { "Recovery codes" }
    var yourRecoveryCodes: String { "Your recovery codes" }
    var recoveryCodesLead: String { "Use one to sign in if you lose your phone or passkey." }
    var storeRecoveryCodes: HTML {
        html {
            b { "Store these codes apart from your phone." }
            " Print them or save them in a password manager. They are shown only once."
        }
    }
    func recoveryCodesMade(_ date: HTML, for email: String, at site: String) -> HTML {
        html {
            "Created on "
            date
            " for \(email) at \(site). Each code works once. Earlier codes no longer work."
        }
    }
    var copyCodes: String { "Copy all" }
    var printCodes: String { "Print" }
    var codesAreSaved: String { "I have saved these codes" }
    var finish: String { "Finish" }
    func recoveryCodesLeft(_ count: Int) -> String {
        switch count {
        case 0: "None left"
        case 1: "One left"
        default: "\(number(count)) left"
        }
    }
    func fewRecoveryCodes(_ count: Int) -> String {
        switch count {
        case 0: "No recovery codes are left"
        case 1: "Only one recovery code is left"
        default: "Only \(number(count)) recovery codes are left"
        }
    }
    var fewRecoveryCodesConsequence: String {
        "Without codes, losing your phone or passkey means losing access."
    }
    var recoveryCodesRunLow: String { "Running low" }
    var replaceCodes: String { "Create new codes" }
    var replaceCodesConsequence: String { "New codes replace them." }

    var authenticatorApp: String { "Authenticator app" }
    var authenticatorAppAbout: String { "An app on your phone that shows a code of six digits." }
    var setUpApp: String { "Set up an authenticator app" }
    var setUp: String { "Set up" }
    var scanCode: String { "Scan this code with the app, then enter what the app shows." }
    var qrCode: String { "QR code for your authenticator app" }
    var cannotScan: String { "The code cannot be scanned?" }
    var openInApp: String { "Open in an app on this device" }
    var appSecret: String { "Or type this key into the app" }
    var copySecret: String { "Copy key" }
    var codeOfApp: String { "Code that the app shows" }
    var confirmApp: String { "Confirm app" }
    var appSetupEnded: String { "This setup has ended" }
    var appSetupAgain: String {
        "It is valid for ten minutes and five tries. Begin again, and scan the new code."
    }

    var passkeysAbout: String {
        "Sign in with your fingerprint, face or PIN, without a password."
    }
    var addPasskey: String { "Add a passkey" }
    var passkeyName: String { "Name" }
    var passkeyNameHint: String { "To recognise it by, such as “Laptop”." }
    var renamePasskey: String { "Rename" }
    var remove: String { "Remove" }
    var change: String { "Change" }
    var syncedPasskey: String { "Synced" }
    func added(_ date: HTML) -> HTML {
        html {
            "Added "
            date
        }
    }
    var notUsedYet: String { "not used yet" }

    var securityIntroduction: String {
        "Keep at least two, so that losing one device does not lock you out."
    }
    var passwordMethod: String { "Password" }
    var noSecondFactorYet: String {
        "Only your password protects this account. Add a passkey or an authenticator app."
    }
    var removePasswordConsequence: String {
        "Removing it ends your other sessions. Then passkeys alone sign you in, no recovery codes."
    }
    var setPassword: String { "Set a password" }
    var trustedBrowsers: String { "Trusted browsers" }
    var trustedBrowsersAbout: String { "Your password is enough to sign in there." }
    var endTrust: String { "End trust" }
    func trustEnds(_ date: HTML) -> HTML {
        html {
            "until "
            date
        }
    }

    var enrolTitle: String { "Protect your account" }
    var enrolLead: String {
        "This site asks for a second factor. Your password is correct; add one to sign in."
    }
    var enrolChoice: String { "Choose one. You can add more later." }

    var offerTitle: String { "Sign in faster next time" }
    var offerLead: String {
        "With a passkey you sign in with your fingerprint, face or PIN. It cannot be phished."
    }
    var notNow: String { "Not now" }

    var proofTitle: String { "Confirm that it is you" }
    var proofLead: String { "This needs a proof that is at most ten minutes old." }
    var proofForForm: String { "Then your change is made." }
    var proofThenAgain: String { "Then enter your change once more." }
    var confirmWithCode: String { "Confirm with the code" }
    var confirmWithPassword: String { "Confirm with the password" }
    var confirmWithRecoveryCode: String { "Confirm with a recovery code" }
    var cancel: String { "Cancel" }

    var signInMethods: String { "Sign-in methods" }
    var noFactors: String { "This account has no second factor." }
    var resetFactors: String { "Reset second factors" }
    var resetFactorsConsequence: String {
        "Removes the authenticator app, passkeys and recovery codes, and ends all sessions. "
            + "The person is told by email."
    }
    var factorsWereReset: String { "The second factors were removed, and all sessions ended." }
}
