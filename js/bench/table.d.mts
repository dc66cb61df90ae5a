import type { Row } from './rows.mjs';

export function textTable(rows: Row[]): string;
export function markdownTable(rows: Row[]): string;
export function replaceTable(text: string, table: string): string;
