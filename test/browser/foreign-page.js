// What a page of somebody else's tries: all that a browser lets it. Runs in that page.
const outcome = async request => {
  try {
    const response = await request;
    return `${response.type} ${response.status} ${(await response.text()).length}`;
  } catch {
    return 'blocked';
  }
};

const loaded = element =>
  new Promise(resolve => {
    element.addEventListener('load', () => resolve('loaded'));
    element.addEventListener('error', () => resolve('blocked'));
    document.body.append(element);
  });

const make = (name, fields) => Object.assign(document.createElement(name), fields);

window.attack = {
  async ask({ url, id, adminKey }) {
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const post = { method: 'POST', body: '{}' };
    return {
      page: await outcome(fetch(`${url}/meet/${id}`)),
      facts: await outcome(fetch(`${url}/api/meetings/${id}`)),
      list: await outcome(fetch(`${url}/api/meetings`, { headers: { authorization: `Bearer ${adminKey}` } })),
      identity: await outcome(fetch(`${url}/api/identity`, json)),
      asText: await outcome(fetch(`${url}/api/identity`, post)),
      blind: await outcome(fetch(`${url}/api/identity`, { ...post, mode: 'no-cors' })),
      withCookies: await outcome(fetch(`${url}/api/meetings`, { credentials: 'include' })),
    };
  },

  async embed({ url, id }) {
    const frame = make('iframe', { src: `${url}/meet/${id}` });
    const [image, script] = await Promise.all([
      loaded(make('img', { src: `${url}/api/meetings/${id}` })),
      loaded(make('script', { src: `${url}/openapi.json` })),
      loaded(frame),
    ]);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/sessions/${id}/events`);
    const opened = await new Promise(resolve => {
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('blocked');
    });
    return { framed: frame.contentDocument === null ? 'foreign' : 'ours', image, script, opened };
  },

  send({ url }) {
    const form = make('form', { method: 'post', action: `${url}/api/identity`, enctype: 'text/plain' });
    form.append(make('input', { name: '{"uid":"mallory","name":"', value: '"}' }));
    document.body.append(form);
    form.submit();
  },
};
