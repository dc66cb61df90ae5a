/** What `@datadog/browser-rum` exports besides its API (browser-core 7.16, browser-rum-core 7.16). */

export const DefaultPrivacyLevel = {
  ALLOW: 'allow',
  MASK: 'mask',
  MASK_USER_INPUT: 'mask-user-input',
  MASK_UNLESS_ALLOWLISTED: 'mask-unless-allowlisted',
} as const;
export type DefaultPrivacyLevel = (typeof DefaultPrivacyLevel)[keyof typeof DefaultPrivacyLevel];

/** Of canvases in session replay, which is not recorded. */
export const CanvasRecordingQuality = { LOW: 'low', MEDIUM: 'medium', HIGH: 'high' } as const;
export type CanvasRecordingQuality =
  (typeof CanvasRecordingQuality)[keyof typeof CanvasRecordingQuality];
