import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Failure, problem } from '@holdfast/kernel';
import type { Source } from './gather.ts';

/** Checks the detached Ed25519 signature of a file, and returns the fingerprint of the key. @see RFC 8032 */
export async function checkSignature(
  source: Source,
  keyPath: string,
  signaturePath = `${source.path}.sig`,
): Promise<string> {
  if (source.bytes === undefined)
    throw refused(source.path, 'a folder cannot be signed', 'pack it as a ZIP archive, and sign that');
  const key = publicKey(keyPath, await read(keyPath, 'the key'));
  const signature = signatureOf(await read(signaturePath, 'the signature'));
  if (signature === undefined)
    throw refused(
      signaturePath,
      'this is no Ed25519 signature',
      'expected 64 bytes, as they are or in base64',
    );
  if (!verify(null, source.bytes, key, signature))
    throw refused(
      source.path,
      'the signature does not fit the file and the key',
      'fetch both again; whoever holds the key did not sign this file',
    );
  const der = key.export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(der).digest('hex')}`;
}

async function read(path: string, what: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw new Failure(
      [problem('file-missing', `${what} ${path} cannot be read`, { hint: 'check the path' })],
      { cause: error },
    );
  });
}

function publicKey(path: string, bytes: Buffer): KeyObject {
  try {
    const key = createPublicKey(bytes);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Falls through to the refusal below.
  }
  throw refused(
    path,
    'this is no public key for Ed25519',
    'write one with: openssl pkey -in private.pem -pubout',
  );
}

function signatureOf(bytes: Buffer): Buffer | undefined {
  if (bytes.length === 64) return bytes;
  const decoded = Buffer.from(bytes.toString('latin1').trim(), 'base64');
  return decoded.length === 64 ? decoded : undefined;
}

const refused = (file: string, message: string, hint: string): Failure =>
  new Failure([problem('value-invalid', message, { hint, at: { file, line: 1, column: 1 } })]);
