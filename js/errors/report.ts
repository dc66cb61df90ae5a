/**
 * What the browser reports: violated policies, interventions, deprecations. Texts are those of
 * browser-core 7.16, `domain/report/reportObservable`.
 */

import { cut } from '../error.ts';
import type { BrowserReport, Position, Violation } from '../page/errors.ts';
import type { Told } from './describe.ts';

/** Characters of a policy (browser-core 7.16, `buildRawReportErrorFromCspViolation`). */
const POLICY_LIMIT = 100;

export function tellReport(report: BrowserReport): Told {
  const { type, body = report } = report;
  if (/violation$/.test(type)) return tellViolation(body as Violation);
  const { id, message } = body as { id: string; message: string };
  return {
    name: cut(id),
    message: cut(message),
    stack: frameOf(body),
    own: { message: cut(`${type}: ${message}`) },
  };
}

function tellViolation(violation: Violation): Told {
  const { effectiveDirective, originalPolicy, disposition, blockedURI, blockedURL } = violation;
  const message = `'${blockedURI ?? blockedURL}' blocked by '${effectiveDirective}' directive`;
  const policy = cut(originalPolicy, POLICY_LIMIT);
  return {
    name: cut(effectiveDirective),
    message: cut(policy ? `${message} of the policy "${policy}"` : 'no policy'),
    stack: frameOf(violation),
    own: { message: cut(`csp_violation: ${message}`), csp: { disposition } },
  };
}

function frameOf({ sourceFile, lineNumber, columnNumber }: Position): string {
  return sourceFile ? `at ${cut(sourceFile)}:${lineNumber ?? 0}:${columnNumber ?? 0}` : '';
}
