/// The script of pages where a passkey may be used (WebAuthn Level 3 §5.1).
///
/// Each form with `data-passkey` fetches what is to be signed, asks the browser, and is submitted with
/// the response in its hidden field. A failure is said beside the button; the page stays.
enum PasskeyScript {
    /// The script, at most 6 KB.
    static let text = #"""
        'use strict';
        (() => {
          const api = window.PublicKeyCredential;
          if (!api?.parseRequestOptionsFromJSON) return;
          const forms = [...document.querySelectorAll('form[data-passkey]')]
            .filter(form => form.dataset.origin === location.origin);
          // Passkeys are bound to the address of the site: elsewhere none is offered.
          if (!forms.length) {
            for (const element of document.querySelectorAll('[data-passkey-elsewhere]')) {
              element.hidden = false;
            }
            return;
          }
          for (const input of document.querySelectorAll('[data-passkey-offer]')) input.value = 'true';

          // One request at a time: the one that waits beside a field gives way to a button.
          let waiting = new AbortController();
          const ask = async (form, more) => {
            waiting.abort();
            const own = waiting = new AbortController();
            const creates = form.dataset.passkey === 'create';
            const response = await fetch(form.dataset.options, {
              method: 'POST', signal: own.signal, body: form.dataset.request,
              headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
            });
            // Who has to prove first does so on a page of its own, and comes back with this form at hand.
            if (response.status === 403 && creates) return location.assign(form.dataset.proof);
            if (!response.ok) throw new Error(String(response.status));
            const { publicKey } = await response.json();
            const credential = await navigator.credentials[creates ? 'create' : 'get']({
              ...more, signal: own.signal,
              publicKey: creates
                ? api.parseCreationOptionsFromJSON(publicKey)
                : api.parseRequestOptionsFromJSON(publicKey),
            });
            form.querySelector('[data-passkey-credential]').value = JSON.stringify(credential);
            form.submit();
          };

          for (const form of forms) {
            form.hidden = false;
            const status = form.querySelector('[role=status]');
            form.querySelector('[data-passkey-start]').addEventListener('click', async () => {
              status.textContent = '';
              try {
                await ask(form, {});
              } catch (error) {
                const { cancelled, known, failed } = status.dataset;
                status.textContent = error.name === 'NotAllowedError' ? cancelled
                  : error.name === 'InvalidStateError' ? known : failed;
              }
            });
          }

          // Passkeys among the suggestions of the email field, for as long as the page is open.
          const suggested = forms.find(form => 'suggested' in form.dataset);
          const suggest = async () => {
            if (document.hidden) return;
            try {
              await ask(suggested, { mediation: 'conditional' });
            } catch {
              // The person chose another way, or there is no passkey: both need no word.
            }
          };
          if (suggested) {
            api.isConditionalMediationAvailable?.().then(available => {
              if (!available) return;
              suggest();
              // What is to be signed is good for five minutes.
              setInterval(suggest, 270000);
            });
          }

          // Tells the password manager what this server knows: it then offers no other passkey.
          for (const element of document.querySelectorAll('[data-passkey-signal]')) {
            const { passkeySignal, passkeyKnown } = element.dataset;
            api[passkeySignal]?.(JSON.parse(passkeyKnown)).catch(() => {});
          }
        })();

        """#
}
