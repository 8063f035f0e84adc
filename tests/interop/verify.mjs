// node verify.mjs [--serve URL=FILE]... CONTEXTS_DIR FILE...
//
// Lets independent software judge badges (JSON, or SVG with a badge baked in) and prints one JSON object a
// line for each file: what @digitalbazaar/vc says, what @digitalcredentials/verifier-core says, the SHA-256
// of the canonical form under jsonld's safe mode, and which documents they asked for in vain.

import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';

import {closeNetwork} from './documents.mjs';
import * as statusList from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import jsonld from 'jsonld';
import * as verifierCore from '@digitalcredentials/verifier-core';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {serve: {type: 'string', multiple: true, default: []}},
});
const [contexts, ...files] = positionals;
if(files.length === 0) {
  console.error('usage: node verify.mjs [--serve URL=FILE]... CONTEXTS_DIR FILE...');
  process.exit(2);
}
const served = values.serve.map(pair => [
  pair.slice(0, pair.lastIndexOf('=')), pair.slice(pair.lastIndexOf('=') + 1),
]);
const {documentLoader, refused} = closeNetwork(contexts, Object.fromEntries(served));
console.log = console.error; // verifier-core reports on stdout; that is for results

for(const file of files) {
  process.stdout.write(`${JSON.stringify(await judge(file))}\n`);
}

async function judge(file) {
  refused.length = 0;
  let badge;
  try {
    badge = readBadge(file);
  } catch(error) {
    const unread = {verified: false, error: describe(error)};
    return {
      file, digitalbazaar: unread, verifierCore: {...unread, log: [], schema: null},
      canonical: null, canonicalError: describe(error), refused: [],
    };
  }
  return {
    file,
    digitalbazaar: await askDigitalBazaar(structuredClone(badge)),
    verifierCore: await askVerifierCore(structuredClone(badge)),
    ...await hashCanonicalForm(structuredClone(badge)),
    refused: [...new Set(refused)],
  };
}

function readBadge(file) {
  const text = readFileSync(file, 'utf8');
  const badge = JSON.parse(file.endsWith('.svg') ? unbake(text) : text);
  if(badge === null || typeof badge !== 'object' || Array.isArray(badge)) {
    throw new Error('a badge is a JSON object');
  }
  return badge;
}

function unbake(svg) {
  const found = /<openbadges:credential(?:\s[^>]*)?>([^]*?)<\/openbadges:credential>/.exec(svg);
  if(found === null) {
    throw new Error('no <openbadges:credential> with a badge in it');
  }
  return found[1].replace(/<!\[CDATA\[([^]*?)\]\]>|&(lt|gt|quot|apos|amp);/g, (_, plain, entity) =>
    plain ?? {lt: '<', gt: '>', quot: '"', apos: '\'', amp: '&'}[entity]);
}

async function askDigitalBazaar(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await vc.verifyCredential({
    credential, suite, documentLoader, checkStatus: statusList.checkStatus,
  });
  const error = result.error ?? result.statusResult?.error;
  if(!result.verified) {
    return {verified: false, error: error ? describe(error) : 'not verified'};
  }
  // checkStatus says whether the list could be read; whether the bit is set is for the caller to look at.
  const set = (result.statusResult?.results ?? []).filter(({status}) => status);
  if(set.length > 0) {
    return {verified: false, error: `status: ${set.map(s => s.credentialStatus.statusPurpose).join(', ')}`};
  }
  return {verified: true, error: null};
}

// Its verdict is a log of steps, left to the caller to weigh. No list of known issuers is given, so the step
// `registered_issuer` is always false and carries no weight; every other step must be true.
async function askVerifierCore(credential) {
  const result = await verifierCore.verifyCredential({credential, knownDIDRegistries: []});
  const log = (result.log ?? []).map(({id, valid, error}) => ({
    id, valid: valid ?? false, ...(error && {error: describe(error)}),
  }));
  const problems = [...(result.errors ?? []), ...(result.error ? [result.error] : [])].map(describe);
  const failed = log.filter(({id, valid}) => id !== 'registered_issuer' && !valid);
  const signed = log.some(({id, valid}) => id === 'valid_signature' && valid);
  problems.push(...failed.map(({id, error}) => error ? `${id}: ${error}` : id));
  const checks = (result.additionalInformation ?? []).find(({id}) => id === 'schema_check')?.results;
  return {
    verified: signed && problems.length === 0,
    log,
    error: problems.length > 0 ? problems.join('; ') : null,
    // A list of checks, or a word saying why there were none.
    schema: Array.isArray(checks) ? checks.map(({schema, result: {valid, errors = []}}) => ({
      schema, valid, errors: errors.map(({instancePath, message}) => `${instancePath || '/'} ${message}`),
    })) : null,
  };
}

async function hashCanonicalForm({proof: _, ...document}) {
  try {
    const quads = await jsonld.canonize(document, {
      algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, documentLoader,
    });
    return {canonical: createHash('sha256').update(quads).digest('hex'), canonicalError: null};
  } catch(error) {
    return {canonical: null, canonicalError: describe(error)};
  }
}

// One line with the causes: the libraries wrap what went wrong in errors that say only that something did.
function describe(error) {
  const details = error.details?.event?.message;
  return [
    [error.name, error.message].filter(Boolean).join(': ') || String(error),
    ...(details ? [details] : []),
    ...(error.errors ?? []).map(describe),
    ...(error.cause instanceof Error ? [describe(error.cause)] : []),
  ].join(' < ');
}
