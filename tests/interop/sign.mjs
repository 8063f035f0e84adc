// node sign.mjs CONTEXTS_DIR SEED_HEX FILE
//
// Signs an unsigned credential (from standard input where FILE is -) with @digitalbazaar/vc and prints it.
// The proof is dated with the credential's validFrom, so that the same input always gives the same badge.

import {readFileSync} from 'node:fs';

import {closeNetwork} from './documents.mjs';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';

const [contexts, seed, file] = process.argv.slice(2);
if(file === undefined || !/^[0-9a-f]{64}$/i.test(seed)) {
  console.error('usage: node sign.mjs CONTEXTS_DIR SEED_HEX FILE|-');
  process.exit(2);
}
const {documentLoader} = closeNetwork(contexts);
const credential = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
const key = await Ed25519Multikey.generate({seed: Buffer.from(seed, 'hex')});
key.controller = `did:key:${key.publicKeyMultibase}`;
key.id = `${key.controller}#${key.publicKeyMultibase}`;
const suite = new DataIntegrityProof({signer: key.signer(), date: credential.validFrom, cryptosuite});
const signed = await vc.issue({credential, suite, documentLoader});
process.stdout.write(`${JSON.stringify(signed, null, 2)}\n`);
