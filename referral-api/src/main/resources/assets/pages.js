// Says when a click reached nobody, which a page that works without script would show by itself.
(() => {
  const trouble = text => { document.getElementById('trouble').textContent = text; };
  const isPolling = event => event.target.id === 'follow';

  document.addEventListener('htmx:beforeRequest', event => isPolling(event) || trouble(''));
  document.addEventListener('htmx:responseError', event =>
    trouble(isPolling(event)
      ? 'The gateway answers with an error. This page is not up to date.'
      : event.detail.xhr.status === 401
      ? 'You are logged out.'
      : event.detail.xhr.status === 403
      ? 'You may not do that, or this page is older than your login. Reload it.'
      : event.detail.xhr.status === 404
      ? 'That is not there any more. Reload the page.'
      : 'That did not work, and nothing was changed. Try again.'));
  for (const lost of ['htmx:sendError', 'htmx:timeout']) {
    document.addEventListener(lost, event => trouble(isPolling(event)
      ? 'The gateway does not answer. This page is not up to date.'
      : 'The gateway does not answer, so it is not known whether that was saved. Reload the page.'));
  }
  document.addEventListener('htmx:afterRequest', event => {
    if (isPolling(event) && event.detail.successful) {
      trouble('');
    }
  });
})();
