/** Writes a binder as PDF: tagged, PDF/A-3a, with its fonts, bookmarks and links. The same binder gives the same bytes. */
import PDFDocument from 'pdfkit';
import type { Binder } from '../document.js';
import { PAPER_SIZES, type Paper } from '../paper.js';
import { drawBlocks } from './blocks.js';
import { leading } from './lines.js';
import { FAINT, fontOf, INK, type Known, Pages } from './pages.js';

export interface TrueTypeFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/**
 * Takes a binder, the paper, the fonts, and what takes the bytes as they come. Gives how many pages it has, when the last byte
 * has been taken.
 */
export async function writePdf(
  binder: Binder,
  paper: Paper,
  { regular, bold }: TrueTypeFonts,
  take: (bytes: Uint8Array) => void,
): Promise<number> {
  const date = new Date(`${binder.printed}T00:00:00Z`);
  const { width, height } = PAPER_SIZES[paper];
  const options = {
    size: [width, height],
    margin: 0,
    autoFirstPage: false,
    font: regular,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: binder.title,
      Author: binder.organization,
      Creator: 'Incident Playbooks',
      CreationDate: date,
      ModDate: date,
    },
  };
  const doc = new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions);
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('data', take);
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.registerFont(fontOf(false), regular as unknown as PDFKit.Mixins.PDFFontSource);
  doc.registerFont(fontOf(true), bold as unknown as PDFKit.Mixins.PDFFontSource);
  const first = new Pages(doc, binder, paper, undefined);
  goThrough(first, binder);
  const known: Known = { pages: first.found, count: first.number };
  const second = new Pages(doc, binder, paper, known);
  second.tagged('Document', () => goThrough(second, binder, doc));
  doc.end();
  await ended;
  return known.count;
}

/** Goes through all of it; with a document, each section gets a bookmark. */
function goThrough(pages: Pages, binder: Binder, doc?: InstanceType<typeof PDFDocument>): void {
  cover(pages, binder);
  contents(pages, binder);
  for (const section of binder.sections) {
    pages.begin(section.title);
    doc?.outline.addItem(section.title);
    pages.anchor(section.id);
    pages.tagged(
      'Sect',
      () => {
        title(pages, section.title, binder.accent);
        drawBlocks(pages, section.blocks, { x: pages.left, width: pages.width });
      },
      { title: section.title },
    );
  }
}

function title(pages: Pages, text: string, accent: string): void {
  pages.tagged('H1', () => {
    for (const line of broken(pages, text, 19, pages.width)) {
      pages.text(line, pages.left, pages.y, { size: 19, bold: true });
      pages.y += 24;
    }
  });
  pages.rule(pages.left, pages.y, pages.width, 2, accent);
  pages.y += 12;
}

const LOGO = { width: 160, height: 60 };

function cover(pages: Pages, { title: name, organization, marking, accent, logo, cover: blocks }: Binder): void {
  pages.begin(name, { isCover: true });
  const { left, width } = pages;
  if (logo) {
    pages.tagged(
      'Figure',
      () =>
        pages.drawing((doc) =>
          doc.image(logo as unknown as PDFKit.Mixins.ImageSrc, left, 56, { fit: [LOGO.width, LOGO.height] }),
        ),
      { alt: organization },
    );
  }
  const look = { size: 12, bold: true };
  if (marking) pages.tagged('P', () => pages.text(marking, left + width - pages.widthOf(marking, look), 60, look));
  pages.y = 210;
  pages.tagged('P', () => pages.text(organization, left, pages.y, { size: 14, colour: FAINT }));
  pages.y += 26;
  pages.tagged('H1', () => {
    for (const line of broken(pages, name, 32, width)) {
      pages.text(line, left, pages.y, { size: 32, bold: true });
      pages.y += 40;
    }
  });
  pages.rule(left, pages.y + 4, width, 4, accent);
  pages.y += 30;
  drawBlocks(pages, blocks, { x: left, width });
}

function contents(pages: Pages, { sections }: Binder): void {
  pages.begin('Contents');
  const look = { size: 11 };
  pages.tagged('H1', () => pages.text('Contents', pages.left, pages.y, { size: 19, bold: true }));
  pages.y += 36;
  pages.tagged('TOC', () => {
    for (const { id, title: name } of sections) {
      const number = pages.pageOf(id);
      const lines = broken(pages, name, look.size, pages.width - 50);
      pages.ensure(lines.length * leading(look) + 4);
      pages.tagged('TOCI', () => {
        for (const [index, line] of lines.entries()) {
          pages.text(line, pages.left, pages.y, look, { goTo: id });
          if (index < lines.length - 1) pages.y += leading(look);
        }
        pages.text(number, pages.left + pages.width - pages.widthOf(number, look), pages.y, look, { goTo: id });
      });
      const from = pages.left + pages.widthOf(lines.at(-1) ?? '', look) + 6;
      const { y } = pages;
      pages.ornament((doc) =>
        doc
          .moveTo(from, y + 9)
          .lineTo(pages.left + pages.width - 26, y + 9)
          .dash(0.8, { space: 3 })
          .lineWidth(0.7)
          .strokeColor(INK)
          .stroke()
          .undash(),
      );
      pages.y += leading(look) + 4;
    }
  });
}

/** Breaks words of one look into lines. */
function broken(pages: Pages, text: string, size: number, room: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (pages.widthOf(longer, { size, bold: true }) <= room || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
