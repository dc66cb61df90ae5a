/** Another organisation that gets all events too: an internal option of Datadog's. */

import type { EngineStart, Send } from '../engine-contract.ts';
import { createSend } from '../transport.ts';
import type { InitConfiguration } from '../types.ts';

export function alsoSendTo(
  { clientToken, applicationId }: NonNullable<InitConfiguration['replica']>,
  start: Pick<EngineStart, 'options' | 'fetch' | 'intakeUrl' | 'send'>,
): Send {
  const { send } = start;
  const { proxy } = start.options;
  const sendCopy = createSend({ ...start, options: { clientToken, proxy } as InitConfiguration });
  return (body, exit, encoding = '', retry) => {
    // What is tried again, it has got before.
    if (!retry) sendCopy(body, exit, `&application.id=${applicationId}${encoding}`);
    return send(body, exit, encoding, retry);
  };
}
