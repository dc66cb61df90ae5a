import assert from 'node:assert/strict';
import test from 'node:test';
import { tellReport } from '../../js/errors/report.ts';

const violation = (originalPolicy: string) =>
  tellReport({
    type: 'securitypolicyviolation',
    blockedURI: 'inline',
    effectiveDirective: 'script-src',
    originalPolicy,
    disposition: 'enforce',
  } as never).message;

test('of a policy the first 100 characters are told', () => {
  const blocked = "'inline' blocked by 'script-src' directive of the policy";
  assert.equal(violation('p'.repeat(100)), `${blocked} "${'p'.repeat(100)}"`);
  assert.equal(violation('p'.repeat(101)), `${blocked} "${'p'.repeat(100)}..."`);
});
