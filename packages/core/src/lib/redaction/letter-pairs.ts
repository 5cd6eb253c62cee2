/**
 * The surprise of a letter behind another one in the words of programs, in half bits of base 36: a row for each letter
 * before it and one for the beginning of a word, a column for each letter and one for the end of a word.
 * `bench/redaction/train.js` made it from 47,000 words.
 */
const table = [
  '7989acbf9dc8a7gbb797cceecf7',
  '68aa7bdc8cc7de9cb99d9fefcf6',
  '6cbc7ce79g99bf6dbab8afffef7',
  '7bba5bde7ffcdd9c9aadbeefcg4',
  '9b97abbecgf9a7dbc679ecdadg5',
  '89a987de6ff9cc7ce9ba9fefbf5',
  '8dcc6db98feacaade8abafefde4',
  '5dda5dde7eeccd7ccab9aedebf5',
  '7b8aaaagegd9958bcb88gbhdhb8',
  '68ca8cbc9daccc8bcd7d9cccdd5',
  '6dcb5dcb7ebacb9ccb8bbedecf4',
  '7dca5dee6ge8dd7cdeaaadfg9h6',
  '5acc5eff7gebad77fdadadfedf6',
  '8c878b6e9fccdc9cgd86bcfgdf6',
  'bba9dcbfbfc985a9g6999aadff8',
  '7eab6dda9fe8bd79f699affgdg6',
  '799c8bedabebbbed7aac7cddbc4',
  '6dbb5dcg7gccac7dea99bcfgcg6',
  '9e9d7ef98gdcdeaadd869edfcg4',
  '7ebc5de96ggcdd8cg79abfegag5',
  '99ab8bbfafd785d9f777eeeeee8',
  '6bac4ccd7fecbba8dcbcddeecc6',
  '6ccb7cca7edcc98cc89bcdcdde5',
  'acab8bcc9ddbabb7cbb7ccd7cd4',
  '9b9badceaeeaa9b8ec9bdededd3',
  '7aab5bdb8ccaccabbcbbcdcbaa5',
  '898899ab9cba9a98c979aabcdcl',
]

/** The beginning or the end of a word. */
export const edge = 26

const bits = table.map(row => Float64Array.from(row, digit => Number.parseInt(digit, 36) / 2))

/** Bits by which the letter (0 to 25, or `edge`) surprises behind the other one. */
export const surprise = (before: number, letter: number): number => (bits[before] as Float64Array)[letter] as number
