// Where a browser has put each box and each line of text that can be seen: lab/pictures/page.py draws them.
() => {
  const found = { paper: getComputedStyle(document.documentElement).backgroundColor, boxes: [], lines: [] };
  const shown = (node) => node.checkVisibility() && !node.closest(".unseen, .skip");
  const clear = "rgba(0, 0, 0, 0)";
  const pen = document.createElement("canvas").getContext("2d");
  for (const node of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(node);
    const framed = parseFloat(style.borderTopWidth) > 0 && parseFloat(style.borderLeftWidth) > 0;
    if (!shown(node) || node.closest("svg") || (style.backgroundColor === clear && !framed)) continue;
    for (const { x, y, width, height } of node.getClientRects()) {
      const seen = document.elementFromPoint(x + width / 2, y + Math.min(height, innerHeight - y) / 2);
      if (node.matches("kbd, mark") && !node.contains(seen)) continue;
      found.boxes.push({ x, y, width, height, fill: style.backgroundColor === clear ? "none" : style.backgroundColor,
        stroke: framed && style.borderTopColor !== clear ? style.borderTopColor : "none", round: Math.min(parseFloat(style.borderTopLeftRadius) || 0, height / 2) });
    }
  }
  const put = (text, box, style) => {
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(text);
    found.lines.push({ text, x: box.left, y: box.top + (box.height - up - down) / 2 + up, width: box.width,
      size: parseFloat(style.fontSize), weight: style.fontWeight, fill: style.color, serif: style.fontFamily.includes("Georgia") });
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!shown(node.parentElement)) continue;
    const style = getComputedStyle(node.parentElement), range = document.createRange();
    let line = null;
    const end = () => { if (line) put(line.text, line, style); line = null; };
    for (const { 0: word, index } of node.data.matchAll(/\\S+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const box = range.getClientRects()[0];
      // What stands behind something else, or outside of what scrolls, is not seen.
      const seen = box && document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      if (!seen || !(seen.contains(node) || node.parentElement.contains(seen))) continue;
      if (line && Math.abs(line.top - box.top) < 2) {
        line.text += ` ${word}`;
        line.width = box.right - line.left;
      } else {
        end();
        line = { text: word, left: box.left, top: box.top, width: box.width, height: box.height };
      }
    }
    end();
  }
  const field = document.getElementById("question");
  const inside = field.getBoundingClientRect(), style = getComputedStyle(field);
  put(field.value, { left: inside.left + parseFloat(style.paddingLeft), top: inside.top, height: inside.height, width: 0 }, style);
  return found;
}
