/// The script of pages where a passkey may be used (WebAuthn Level 3 §5.1).
///
/// Each form with `data-passkey` fetches what is to be signed, asks the browser, and is submitted with
/// the response in its hidden field. A failure is said beside the button; the page stays. So it does on
/// the sign-in page when the server refuses: there the form is sent in the background.
enum PasskeyScript {
    /// The script, at most 6 KB.
    static let text = #"""
        'use strict';
        (() => {
          const api = window.PublicKeyCredential;
          const reveal = selector => {
            for (const element of document.querySelectorAll(selector)) element.hidden = false;
          };
          if (!api?.parseRequestOptionsFromJSON) return reveal('[data-passkey-unknown]');
          const forms = [...document.querySelectorAll('form[data-passkey]')]
            .filter(form => form.dataset.origin === location.origin);
          // Passkeys are bound to the address of the site: elsewhere none is offered.
          if (!forms.length) return reveal('[data-passkey-elsewhere]');
          for (const input of document.querySelectorAll('[data-passkey-offer]')) input.value = 'true';

          // Tells the password manager what this server knows: it then offers no other passkey.
          const signal = page => {
            for (const element of page.querySelectorAll('[data-passkey-signal]')) {
              const { passkeySignal, passkeyKnown } = element.dataset;
              api[passkeySignal]?.(JSON.parse(passkeyKnown)).catch(() => {});
            }
          };
          signal(document);

          // Leads on, or gives what the page of a refusal says.
          const send = async form => {
            const { next } = form.dataset;
            if (!next) return form.submit();
            const response = await fetch(form.action, {
              method: 'POST', redirect: 'manual', body: new URLSearchParams(new FormData(form)),
              headers: { Accept: 'text/html' },
            });
            if (response.type === 'opaqueredirect') return location.assign(next);
            const page = new DOMParser().parseFromString(await response.text(), 'text/html');
            signal(page);
            const said = (page.querySelector('.notice') ?? page).querySelectorAll('h1, h2, p');
            return [...said].map(element => element.textContent.trim()).join(' ');
          };

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
            const answer = await response.json();
            if (!response.ok) {
              // Who has to prove first does so on a page of its own, and comes back with this form at hand.
              const { proof } = form.dataset;
              if (proof && answer.code === 'reauthentication_required') return location.assign(proof);
              throw new Error(answer.code);
            }
            const credential = await navigator.credentials[creates ? 'create' : 'get']({
              ...more, signal: own.signal,
              publicKey: creates
                ? api.parseCreationOptionsFromJSON(answer.publicKey)
                : api.parseRequestOptionsFromJSON(answer.publicKey),
            });
            form.querySelector('[data-passkey-credential]').value = JSON.stringify(credential);
            return send(form);
          };

          // Passkeys among the suggestions of the email field, for as long as the page is open.
          const suggested = forms.find(form => 'suggested' in form.dataset);
          let suggests = false, pressed = 0, due = 0;
          const suggest = async () => {
            if (!suggests || pressed || document.hidden || Date.now() < due) return;
            // What is to be signed is good for five minutes.
            due = Date.now() + 270000;
            try {
              const refusal = await ask(suggested, { mediation: 'conditional' });
              if (refusal) suggested.querySelector('[role=status]').textContent = refusal;
            } catch {
              // The person chose another way, or there is no passkey: both need no word.
            }
          };
          if (suggested) {
            api.isConditionalMediationAvailable?.().then(available => {
              suggests = available;
              suggest();
              setInterval(suggest, 10000);
              document.addEventListener('visibilitychange', suggest);
            });
          }

          for (const form of forms) {
            form.hidden = false;
            const status = form.querySelector('[role=status]');
            form.querySelector('[data-passkey-start]').addEventListener('click', async () => {
              status.textContent = '';
              pressed += 1;
              let text;
              try {
                text = await ask(form, {});
              } catch ({ name }) {
                const { cancelled, known, failed } = status.dataset;
                text = name === 'NotAllowedError' ? cancelled
                  : name === 'InvalidStateError' ? known : failed;
              }
              // The page is left.
              if (!text) return;
              pressed -= 1;
              // Another press took its place.
              if (pressed) return;
              status.textContent = text;
              due = 0;
              suggest();
            });
          }
        })();

        """#
}
