// A text as a QR code, to be read off the screen by a phone: black on white, in
// the dark too, with the quiet zone that readers ask for.

import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

const zone = 4; // modules around the code (ISO/IEC 18004)

export function Qr({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const size = code.size + 2 * zone;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-zone} ${-zone} ${size} ${size}`} shape-rendering="crispEdges">
      <rect x={-zone} y={-zone} width={size} height={size} fill="#fff" />
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  );
}
