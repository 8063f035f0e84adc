// The only documents there are: published ones from a folder, did:key documents worked out in process, and
// what a test serves. Everything else is refused, and no socket may connect, whatever a library tries.

import {existsSync, readFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';

import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {driver} from '@digitalbazaar/did-method-key';

const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/';
const PUBLISHED = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2.json',
  [`${OPEN_BADGES}context-3.0.1.json`]: 'ob-v3p0-context-3.0.1.json',
  [`${OPEN_BADGES}context-3.0.2.json`]: 'ob-v3p0-context-3.0.2.json',
  [`${OPEN_BADGES}context-3.0.3.json`]: 'ob-v3p0-context-3.0.3.json',
  [`${OPEN_BADGES}extensions.json`]: 'ob-v3p0-extensions.json',
  [`${OPEN_BADGES}schema/json/ob_v3p0_achievementcredential_schema.json`]:
    'ob_v3p0_achievementcredential_schema.json',
};

const didKeys = driver();
didKeys.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});

/**
 * Close the network and hand out documents from a folder instead.
 *
 * @param {string} folder - Where the published contexts are, and the schema if it is to be checked.
 * @param {Object<string, string>} served - Further documents: URL to file.
 * @returns {{documentLoader: Function, refused: string[]}} The loader, and what was asked for in vain so far.
 */
export function closeNetwork(folder, served = {}) {
  const files = new Map(
    [
      ...Object.entries(PUBLISHED).map(([url, name]) => [url, path.join(folder, name)]),
      ...Object.entries(served),
    ].filter(([, file]) => existsSync(file)),
  );
  const refused = [];

  function refuse(what) {
    refused.push(what);
    const error = new Error(`${what} is not among the documents at hand, and nothing is fetched`);
    error.name = 'NotFoundError';
    return error;
  }

  net.Socket.prototype.connect = function(target) {
    const {host, port, path: pipe} = Array.isArray(target) ? target[0] : Object(target);
    throw refuse(`a connection to ${pipe ?? `${host}:${port}`}`);
  };

  globalThis.fetch = async function(request) {
    const url = String(request.url ?? request);
    if(!files.has(url)) {
      throw refuse(url);
    }
    return new Response(readFileSync(files.get(url)), {headers: {'content-type': 'application/ld+json'}});
  };

  async function documentLoader(url) {
    if(url.startsWith('did:key:')) {
      return {contextUrl: null, documentUrl: url, document: await didKeys.get({url})};
    }
    if(!files.has(url)) {
      throw refuse(url);
    }
    return {contextUrl: null, documentUrl: url, document: JSON.parse(readFileSync(files.get(url), 'utf8'))};
  }

  return {documentLoader, refused};
}
