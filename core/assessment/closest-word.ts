export { closestWord } from "../diagnosis/closest-word";
