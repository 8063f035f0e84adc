// node open_sockets.mjs PORT
//
// Shows that a closed network is closed for whatever a library may use: prints one line for each way tried.

import http from 'node:http';
import net from 'node:net';

import {closeNetwork} from './documents.mjs';

const port = Number(process.argv[2]);
const builtIn = globalThis.fetch;
closeNetwork('.');

const ways = {
  'global fetch': () => fetch(`http://127.0.0.1:${port}/`),
  'fetch kept from before': () => builtIn(`http://127.0.0.1:${port}/`),
  'node:http': () => new Promise((resolve, reject) =>
    http.get({host: '127.0.0.1', port}, resolve).on('error', reject)),
  'node:net': async () => net.connect(port, '127.0.0.1'),
};
for(const [name, attempt] of Object.entries(ways)) {
  try {
    await attempt();
    console.log(`${name}: connected`);
  } catch(error) {
    console.log(`${name}: ${error.cause?.name ?? error.name}`);
  }
}
process.exit();
