// The way into the pages of the lessons: the words first, then what uses them.

import { loadPart } from '../words/text.js';

const words = loadPart(document.documentElement.lang || 'en', 'lesson');
const lesson = document.querySelector('procession-lesson') && import('./lesson.js');
const course = document.querySelector('procession-course') && import('./course.js');
const live = 'live' in document.documentElement.dataset && import('./live.js');

await words;
if (lesson) customElements.define('procession-lesson', (await lesson).LessonElement);
if (course) customElements.define('procession-course', (await course).CourseElement);
if (live) (await live).listen();
