/** The layout library, which sets itself up each time that it is made: this file is loaded when a first layout is asked for. */
import Elk from 'elkjs/lib/elk.bundled.js';

export const layoutLibrary = new Elk();
