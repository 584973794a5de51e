// Proxies before Peyk, as the files of deploy/ have them, with TLS for
// shop.example: ports and paths are all that is replaced.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { directory, eventually, start } from './harness.ts';

/** Starts nginx on a port, before Peyk on another. */
export async function nginx(port: number, peyk: string): Promise<void> {
  const at = directory();
  const { certificate, key } = certify(at);
  const own = configure(at, 'nginx.conf', [
    ['server 127.0.0.1:8082;', `server 127.0.0.1:${peyk};`],
    ['listen 443 ', `listen 127.0.0.1:${port} `],
    ['/etc/letsencrypt/live/shop.example/fullchain.pem', certificate],
    ['/etc/letsencrypt/live/shop.example/privkey.pem', key],
  ]);
  const main = join(at, 'main.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(at, kind)};`).join(' ');
  // One process alone, since who is killed leaves its workers behind.
  writeFileSync(main, `daemon off; master_process off; pid ${join(at, 'pid')}; events {} http { access_log off; ${temporary} include ${own}; }`);
  start(program('nginx'), ['-e', 'stderr', '-p', at, '-c', main]);
  await listening(port);
}

/** Starts HAProxy on a port, before Peyk on another. */
export async function haproxy(port: number, peyk: string): Promise<void> {
  const at = directory();
  const { certificate, key } = certify(at);
  const both = join(at, 'both.pem');
  writeFileSync(both, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'));
  const nobodyElse: [string, string][] = process.getuid?.() === 0 ? [] : [['user haproxy', ''], ['group haproxy', ''], ['chroot /var/lib/haproxy', '']];
  const own = configure(at, 'haproxy.cfg', [
    ['server peyk 127.0.0.1:8082', `server peyk 127.0.0.1:${peyk}`],
    ['bind :443 ', `bind 127.0.0.1:${port} `],
    ['/etc/haproxy/shop.example.pem', both],
    ...nobodyElse,
  ]);
  start(program('haproxy'), ['-db', '-q', '-f', own]);
  await listening(port);
}

function configure(at: string, name: string, replaced: [string, string][]): string {
  let text = readFileSync(resolve('../deploy', name), 'utf8');
  for (const [from, to] of replaced) {
    if (!text.includes(from)) throw new Error(`deploy/${name} has no ${from}`);
    text = text.replace(from, to);
  }
  const path = join(at, name);
  writeFileSync(path, text);
  return path;
}

/** Not on everybody's PATH. */
function program(name: string): string {
  return existsSync(`/usr/sbin/${name}`) ? `/usr/sbin/${name}` : name;
}

/** Makes a certificate that nobody has vouched for. */
export function certify(at: string): { certificate: string; key: string } {
  const [certificate, key] = [join(at, 'cert.pem'), join(at, 'key.pem')];
  const names = ['-subj', '/CN=shop.example', '-addext', 'subjectAltName=DNS:shop.example'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', ...names, '-out', certificate, '-keyout', key], { stdio: 'ignore' });
  return { certificate, key };
}

async function listening(port: number): Promise<void> {
  await eventually(`somebody listens on ${port}`, () => new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => done(false));
    socket.once('connect', () => socket.destroy()).once('connect', () => done(true));
  }));
}
