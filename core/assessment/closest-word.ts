export { closestWord, suggestion } from "../diagnosis/closest-word";
