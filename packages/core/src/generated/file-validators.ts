// @ts-nocheck
// Made by scripts/generate.mjs. Do not edit: change the types, then `npm run generate`.
import { type Compiled, codePoints } from '../lib/validate.js'
export const isManifest: Compiled = validate21;
const schema6 = {"type":"object","required":["id","createdAt","state","trigger","process","samples","artifacts","summary"],"properties":{"id":{"type":"string"},"createdAt":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"},"state":{"enum":["complete","partial","failed"]},"trigger":{"type":"object","required":["metric","rule","reason"],"properties":{"metric":{"type":["string","null"]},"rule":{"type":"string"},"reason":{"type":"string"}}},"process":{"type":"object"},"samples":{"type":"array"},"artifacts":{"type":"array","items":{"type":"object","required":["file","kind","bytes","storedBytes","state"],"properties":{"file":{"type":"string","pattern":"^$|^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"},"kind":{"type":"string"},"bytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"storedBytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"encoding":{"enum":["gzip"]},"state":{"enum":["complete","failed"]}}}},"summary":{"type":"object","required":["text"],"properties":{"headline":{"type":"string"},"text":{"type":"string"}}},"fault":{"type":"object","required":["fingerprint","title"],"properties":{"fingerprint":{"type":"string","pattern":"^[0-9a-f]{12}$"},"title":{"type":"string"}}}}};
const pattern0 = new RegExp("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", "u");
const pattern1 = new RegExp("^$|^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$", "u");
const pattern2 = new RegExp("^[0-9a-f]{12}$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((data.id === undefined) && (missing0 = "id")) || ((data.createdAt === undefined) && (missing0 = "createdAt"))) || ((data.state === undefined) && (missing0 = "state"))) || ((data.trigger === undefined) && (missing0 = "trigger"))) || ((data.process === undefined) && (missing0 = "process"))) || ((data.samples === undefined) && (missing0 = "samples"))) || ((data.artifacts === undefined) && (missing0 = "artifacts"))) || ((data.summary === undefined) && (missing0 = "summary"))){
validate21.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.id !== undefined){
const _errs1 = errors;
if(typeof data.id !== "string"){
validate21.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.createdAt !== undefined){
let data1 = data.createdAt;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
validate21.errors = [{instancePath:instancePath+"/createdAt",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/createdAt",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.state !== undefined){
let data2 = data.state;
const _errs5 = errors;
if(!(((data2 === "complete") || (data2 === "partial")) || (data2 === "failed"))){
validate21.errors = [{instancePath:instancePath+"/state",keyword:"enum",params:{allowedValues: schema6.properties.state.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.trigger !== undefined){
let data3 = data.trigger;
const _errs6 = errors;
if(errors === _errs6){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if((((data3.metric === undefined) && (missing1 = "metric")) || ((data3.rule === undefined) && (missing1 = "rule"))) || ((data3.reason === undefined) && (missing1 = "reason"))){
validate21.errors = [{instancePath:instancePath+"/trigger",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data3.metric !== undefined){
let data4 = data3.metric;
const _errs8 = errors;
if((typeof data4 !== "string") && (data4 !== null)){
validate21.errors = [{instancePath:instancePath+"/trigger/metric",keyword:"type",params:{type: schema6.properties.trigger.properties.metric.type},message:"must be string,null"}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.rule !== undefined){
const _errs10 = errors;
if(typeof data3.rule !== "string"){
validate21.errors = [{instancePath:instancePath+"/trigger/rule",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.reason !== undefined){
const _errs12 = errors;
if(typeof data3.reason !== "string"){
validate21.errors = [{instancePath:instancePath+"/trigger/reason",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs12 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/trigger",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.process !== undefined){
let data7 = data.process;
const _errs14 = errors;
if(!(data7 && typeof data7 == "object" && !Array.isArray(data7))){
validate21.errors = [{instancePath:instancePath+"/process",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.samples !== undefined){
const _errs16 = errors;
if(!(Array.isArray(data.samples))){
validate21.errors = [{instancePath:instancePath+"/samples",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.artifacts !== undefined){
let data9 = data.artifacts;
const _errs18 = errors;
if(errors === _errs18){
if(Array.isArray(data9)){
var valid2 = true;
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
const _errs20 = errors;
if(errors === _errs20){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing2;
if((((((data10.file === undefined) && (missing2 = "file")) || ((data10.kind === undefined) && (missing2 = "kind"))) || ((data10.bytes === undefined) && (missing2 = "bytes"))) || ((data10.storedBytes === undefined) && (missing2 = "storedBytes"))) || ((data10.state === undefined) && (missing2 = "state"))){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0,keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data10.file !== undefined){
let data11 = data10.file;
const _errs22 = errors;
if(errors === _errs22){
if(typeof data11 === "string"){
if(!pattern1.test(data11)){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/file",keyword:"pattern",params:{pattern: "^$|^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"},message:"must match pattern \""+"^$|^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/file",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs22 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data10.kind !== undefined){
const _errs24 = errors;
if(typeof data10.kind !== "string"){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/kind",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data10.bytes !== undefined){
let data13 = data10.bytes;
const _errs26 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/bytes",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs26){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 9007199254740991 || isNaN(data13)){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/bytes",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data13 < 0 || isNaN(data13)){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/bytes",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid3 = _errs26 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data10.storedBytes !== undefined){
let data14 = data10.storedBytes;
const _errs28 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/storedBytes",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs28){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 9007199254740991 || isNaN(data14)){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/storedBytes",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data14 < 0 || isNaN(data14)){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/storedBytes",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid3 = _errs28 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data10.encoding !== undefined){
const _errs30 = errors;
if(!(data10.encoding === "gzip")){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/encoding",keyword:"enum",params:{allowedValues: schema6.properties.artifacts.items.properties.encoding.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid3 = _errs30 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data10.state !== undefined){
let data16 = data10.state;
const _errs31 = errors;
if(!((data16 === "complete") || (data16 === "failed"))){
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0+"/state",keyword:"enum",params:{allowedValues: schema6.properties.artifacts.items.properties.state.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid3 = _errs31 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/artifacts/" + i0,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs20 === errors;
if(!valid2){
break;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/artifacts",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.summary !== undefined){
let data17 = data.summary;
const _errs32 = errors;
if(errors === _errs32){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing3;
if((data17.text === undefined) && (missing3 = "text")){
validate21.errors = [{instancePath:instancePath+"/summary",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data17.headline !== undefined){
const _errs34 = errors;
if(typeof data17.headline !== "string"){
validate21.errors = [{instancePath:instancePath+"/summary/headline",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs34 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data17.text !== undefined){
const _errs36 = errors;
if(typeof data17.text !== "string"){
validate21.errors = [{instancePath:instancePath+"/summary/text",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs36 === errors;
}
else {
var valid4 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/summary",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs32 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fault !== undefined){
let data20 = data.fault;
const _errs38 = errors;
if(errors === _errs38){
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
let missing4;
if(((data20.fingerprint === undefined) && (missing4 = "fingerprint")) || ((data20.title === undefined) && (missing4 = "title"))){
validate21.errors = [{instancePath:instancePath+"/fault",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
if(data20.fingerprint !== undefined){
let data21 = data20.fingerprint;
const _errs40 = errors;
if(errors === _errs40){
if(typeof data21 === "string"){
if(!pattern2.test(data21)){
validate21.errors = [{instancePath:instancePath+"/fault/fingerprint",keyword:"pattern",params:{pattern: "^[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{12}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/fault/fingerprint",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs40 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data20.title !== undefined){
const _errs42 = errors;
if(typeof data20.title !== "string"){
validate21.errors = [{instancePath:instancePath+"/fault/title",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid5 = _errs42 === errors;
}
else {
var valid5 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/fault",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs38 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}

export const isQueueFile: Compiled = validate22;
const schema7 = {"type":"object","required":["version","owner","deliveries","episodes"],"$defs":{"message":{"type":"object","required":["id","type","at","summary","dump","link","dir","trigger","process","episode"],"properties":{"id":{"type":"string"},"type":{"enum":["episode.started","episode.updated","episode.ended"]},"first":{"type":"string"},"at":{"type":"string"},"headline":{"type":"string"},"summary":{"type":"string"},"dump":{"type":"string"},"link":{"type":["string","null"]},"dir":{"type":"string"},"trigger":{"type":"object","required":["metric","rule","value","mean","threshold","unit","reason"],"properties":{"metric":{"type":["string","null"]},"rule":{"type":"string"},"value":{"type":["number","null"]},"mean":{"type":["number","null"]},"threshold":{"type":["number","null"]},"unit":{"type":["string","null"]},"reason":{"type":"string"}}},"process":{"type":"object","required":["pid","host","labels"],"properties":{"pid":{"type":"integer","minimum":0,"maximum":8640000000000000},"host":{"type":"string"},"labels":{"type":"object","additionalProperties":{"type":"string"}}}},"episode":{"type":"object","required":["since","dumps"],"properties":{"since":{"type":"string"},"dumps":{"type":"integer","minimum":0,"maximum":8640000000000000}}}}}},"properties":{"version":{"const":1},"owner":{"type":["object","null"]},"deliveries":{"type":"array","items":{"type":"object","required":["target","message","queuedAt","attempts","nextAt"],"properties":{"target":{"type":"string"},"queuedAt":{"type":"integer","minimum":0,"maximum":8640000000000000},"attempts":{"type":"integer","minimum":0,"maximum":8640000000000000},"nextAt":{"type":"number","minimum":0},"message":{"$ref":"#/$defs/message"}}}},"episodes":{"type":"object","additionalProperties":{"type":"object","required":["since","seenAt","toldAt","dumps","message"],"properties":{"since":{"type":"integer","minimum":0,"maximum":8640000000000000},"seenAt":{"type":"integer","minimum":0,"maximum":8640000000000000},"toldAt":{"type":"integer","minimum":0,"maximum":8640000000000000},"dumps":{"type":"integer","minimum":0,"maximum":8640000000000000},"message":{"$ref":"#/$defs/message"}}}}}};
const schema8 = {"type":"object","required":["id","type","at","summary","dump","link","dir","trigger","process","episode"],"properties":{"id":{"type":"string"},"type":{"enum":["episode.started","episode.updated","episode.ended"]},"first":{"type":"string"},"at":{"type":"string"},"headline":{"type":"string"},"summary":{"type":"string"},"dump":{"type":"string"},"link":{"type":["string","null"]},"dir":{"type":"string"},"trigger":{"type":"object","required":["metric","rule","value","mean","threshold","unit","reason"],"properties":{"metric":{"type":["string","null"]},"rule":{"type":"string"},"value":{"type":["number","null"]},"mean":{"type":["number","null"]},"threshold":{"type":["number","null"]},"unit":{"type":["string","null"]},"reason":{"type":"string"}}},"process":{"type":"object","required":["pid","host","labels"],"properties":{"pid":{"type":"integer","minimum":0,"maximum":8640000000000000},"host":{"type":"string"},"labels":{"type":"object","additionalProperties":{"type":"string"}}}},"episode":{"type":"object","required":["since","dumps"],"properties":{"since":{"type":"string"},"dumps":{"type":"integer","minimum":0,"maximum":8640000000000000}}}}};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((((data.id === undefined) && (missing0 = "id")) || ((data.type === undefined) && (missing0 = "type"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.summary === undefined) && (missing0 = "summary"))) || ((data.dump === undefined) && (missing0 = "dump"))) || ((data.link === undefined) && (missing0 = "link"))) || ((data.dir === undefined) && (missing0 = "dir"))) || ((data.trigger === undefined) && (missing0 = "trigger"))) || ((data.process === undefined) && (missing0 = "process"))) || ((data.episode === undefined) && (missing0 = "episode"))){
validate23.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.id !== undefined){
const _errs1 = errors;
if(typeof data.id !== "string"){
validate23.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
let data1 = data.type;
const _errs3 = errors;
if(!(((data1 === "episode.started") || (data1 === "episode.updated")) || (data1 === "episode.ended"))){
validate23.errors = [{instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema8.properties.type.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.first !== undefined){
const _errs4 = errors;
if(typeof data.first !== "string"){
validate23.errors = [{instancePath:instancePath+"/first",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs6 = errors;
if(typeof data.at !== "string"){
validate23.errors = [{instancePath:instancePath+"/at",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.headline !== undefined){
const _errs8 = errors;
if(typeof data.headline !== "string"){
validate23.errors = [{instancePath:instancePath+"/headline",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.summary !== undefined){
const _errs10 = errors;
if(typeof data.summary !== "string"){
validate23.errors = [{instancePath:instancePath+"/summary",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.dump !== undefined){
const _errs12 = errors;
if(typeof data.dump !== "string"){
validate23.errors = [{instancePath:instancePath+"/dump",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.link !== undefined){
let data7 = data.link;
const _errs14 = errors;
if((typeof data7 !== "string") && (data7 !== null)){
validate23.errors = [{instancePath:instancePath+"/link",keyword:"type",params:{type: schema8.properties.link.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.dir !== undefined){
const _errs16 = errors;
if(typeof data.dir !== "string"){
validate23.errors = [{instancePath:instancePath+"/dir",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.trigger !== undefined){
let data9 = data.trigger;
const _errs18 = errors;
if(errors === _errs18){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing1;
if((((((((data9.metric === undefined) && (missing1 = "metric")) || ((data9.rule === undefined) && (missing1 = "rule"))) || ((data9.value === undefined) && (missing1 = "value"))) || ((data9.mean === undefined) && (missing1 = "mean"))) || ((data9.threshold === undefined) && (missing1 = "threshold"))) || ((data9.unit === undefined) && (missing1 = "unit"))) || ((data9.reason === undefined) && (missing1 = "reason"))){
validate23.errors = [{instancePath:instancePath+"/trigger",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data9.metric !== undefined){
let data10 = data9.metric;
const _errs20 = errors;
if((typeof data10 !== "string") && (data10 !== null)){
validate23.errors = [{instancePath:instancePath+"/trigger/metric",keyword:"type",params:{type: schema8.properties.trigger.properties.metric.type},message:"must be string,null"}];
return false;
}
var valid1 = _errs20 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data9.rule !== undefined){
const _errs22 = errors;
if(typeof data9.rule !== "string"){
validate23.errors = [{instancePath:instancePath+"/trigger/rule",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs22 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data9.value !== undefined){
let data12 = data9.value;
const _errs24 = errors;
if((!((typeof data12 == "number") && (isFinite(data12)))) && (data12 !== null)){
validate23.errors = [{instancePath:instancePath+"/trigger/value",keyword:"type",params:{type: schema8.properties.trigger.properties.value.type},message:"must be number,null"}];
return false;
}
var valid1 = _errs24 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data9.mean !== undefined){
let data13 = data9.mean;
const _errs26 = errors;
if((!((typeof data13 == "number") && (isFinite(data13)))) && (data13 !== null)){
validate23.errors = [{instancePath:instancePath+"/trigger/mean",keyword:"type",params:{type: schema8.properties.trigger.properties.mean.type},message:"must be number,null"}];
return false;
}
var valid1 = _errs26 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data9.threshold !== undefined){
let data14 = data9.threshold;
const _errs28 = errors;
if((!((typeof data14 == "number") && (isFinite(data14)))) && (data14 !== null)){
validate23.errors = [{instancePath:instancePath+"/trigger/threshold",keyword:"type",params:{type: schema8.properties.trigger.properties.threshold.type},message:"must be number,null"}];
return false;
}
var valid1 = _errs28 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data9.unit !== undefined){
let data15 = data9.unit;
const _errs30 = errors;
if((typeof data15 !== "string") && (data15 !== null)){
validate23.errors = [{instancePath:instancePath+"/trigger/unit",keyword:"type",params:{type: schema8.properties.trigger.properties.unit.type},message:"must be string,null"}];
return false;
}
var valid1 = _errs30 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data9.reason !== undefined){
const _errs32 = errors;
if(typeof data9.reason !== "string"){
validate23.errors = [{instancePath:instancePath+"/trigger/reason",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs32 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/trigger",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.process !== undefined){
let data17 = data.process;
const _errs34 = errors;
if(errors === _errs34){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing2;
if((((data17.pid === undefined) && (missing2 = "pid")) || ((data17.host === undefined) && (missing2 = "host"))) || ((data17.labels === undefined) && (missing2 = "labels"))){
validate23.errors = [{instancePath:instancePath+"/process",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data17.pid !== undefined){
let data18 = data17.pid;
const _errs36 = errors;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
validate23.errors = [{instancePath:instancePath+"/process/pid",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs36){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 8640000000000000 || isNaN(data18)){
validate23.errors = [{instancePath:instancePath+"/process/pid",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data18 < 0 || isNaN(data18)){
validate23.errors = [{instancePath:instancePath+"/process/pid",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs36 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data17.host !== undefined){
const _errs38 = errors;
if(typeof data17.host !== "string"){
validate23.errors = [{instancePath:instancePath+"/process/host",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs38 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data17.labels !== undefined){
let data20 = data17.labels;
const _errs40 = errors;
if(errors === _errs40){
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key0 in data20){
const _errs43 = errors;
if(typeof data20[key0] !== "string"){
validate23.errors = [{instancePath:instancePath+"/process/labels/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs43 === errors;
if(!valid3){
break;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/process/labels",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs40 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/process",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs34 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.episode !== undefined){
let data22 = data.episode;
const _errs45 = errors;
if(errors === _errs45){
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
let missing3;
if(((data22.since === undefined) && (missing3 = "since")) || ((data22.dumps === undefined) && (missing3 = "dumps"))){
validate23.errors = [{instancePath:instancePath+"/episode",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data22.since !== undefined){
const _errs47 = errors;
if(typeof data22.since !== "string"){
validate23.errors = [{instancePath:instancePath+"/episode/since",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs47 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data22.dumps !== undefined){
let data24 = data22.dumps;
const _errs49 = errors;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
validate23.errors = [{instancePath:instancePath+"/episode/dumps",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs49){
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 8640000000000000 || isNaN(data24)){
validate23.errors = [{instancePath:instancePath+"/episode/dumps",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data24 < 0 || isNaN(data24)){
validate23.errors = [{instancePath:instancePath+"/episode/dumps",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs49 === errors;
}
else {
var valid4 = true;
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/episode",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate23.errors = [{instancePath,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate23.errors = vErrors;
return errors === 0;
}


function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.version === undefined) && (missing0 = "version")) || ((data.owner === undefined) && (missing0 = "owner"))) || ((data.deliveries === undefined) && (missing0 = "deliveries"))) || ((data.episodes === undefined) && (missing0 = "episodes"))){
validate22.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.version !== undefined){
const _errs1 = errors;
if(1 !== data.version){
validate22.errors = [{instancePath:instancePath+"/version",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.owner !== undefined){
let data1 = data.owner;
const _errs2 = errors;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
validate22.errors = [{instancePath:instancePath+"/owner",keyword:"type",params:{type: schema7.properties.owner.type},message:"must be object,null"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.deliveries !== undefined){
let data2 = data.deliveries;
const _errs4 = errors;
if(errors === _errs4){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs6 = errors;
if(errors === _errs6){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if((((((data3.target === undefined) && (missing1 = "target")) || ((data3.message === undefined) && (missing1 = "message"))) || ((data3.queuedAt === undefined) && (missing1 = "queuedAt"))) || ((data3.attempts === undefined) && (missing1 = "attempts"))) || ((data3.nextAt === undefined) && (missing1 = "nextAt"))){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0,keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data3.target !== undefined){
const _errs8 = errors;
if(typeof data3.target !== "string"){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/target",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs8 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.queuedAt !== undefined){
let data5 = data3.queuedAt;
const _errs10 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/queuedAt",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 8640000000000000 || isNaN(data5)){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/queuedAt",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data5 < 0 || isNaN(data5)){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/queuedAt",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs10 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.attempts !== undefined){
let data6 = data3.attempts;
const _errs12 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/attempts",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs12){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 8640000000000000 || isNaN(data6)){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/attempts",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data6 < 0 || isNaN(data6)){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/attempts",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.nextAt !== undefined){
let data7 = data3.nextAt;
const _errs14 = errors;
if(errors === _errs14){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/nextAt",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/nextAt",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.message !== undefined){
const _errs16 = errors;
if(!(validate23(data3.message, {instancePath:instancePath+"/deliveries/" + i0+"/message",parentData:data3,parentDataProperty:"message",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/deliveries/" + i0,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/deliveries",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.episodes !== undefined){
let data9 = data.episodes;
const _errs17 = errors;
if(errors === _errs17){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key0 in data9){
let data10 = data9[key0];
const _errs20 = errors;
if(errors === _errs20){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing2;
if((((((data10.since === undefined) && (missing2 = "since")) || ((data10.seenAt === undefined) && (missing2 = "seenAt"))) || ((data10.toldAt === undefined) && (missing2 = "toldAt"))) || ((data10.dumps === undefined) && (missing2 = "dumps"))) || ((data10.message === undefined) && (missing2 = "message"))){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data10.since !== undefined){
let data11 = data10.since;
const _errs22 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/since",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs22){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 8640000000000000 || isNaN(data11)){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/since",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data11 < 0 || isNaN(data11)){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/since",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs22 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data10.seenAt !== undefined){
let data12 = data10.seenAt;
const _errs24 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/seenAt",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs24){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 8640000000000000 || isNaN(data12)){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/seenAt",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data12 < 0 || isNaN(data12)){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/seenAt",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs24 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data10.toldAt !== undefined){
let data13 = data10.toldAt;
const _errs26 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/toldAt",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs26){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 8640000000000000 || isNaN(data13)){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/toldAt",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data13 < 0 || isNaN(data13)){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/toldAt",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs26 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data10.dumps !== undefined){
let data14 = data10.dumps;
const _errs28 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/dumps",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs28){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 8640000000000000 || isNaN(data14)){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/dumps",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data14 < 0 || isNaN(data14)){
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/dumps",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs28 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data10.message !== undefined){
const _errs30 = errors;
if(!(validate23(data10.message, {instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/message",parentData:data10,parentDataProperty:"message",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
var valid4 = _errs30 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/episodes/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs20 === errors;
if(!valid3){
break;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/episodes",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate22.errors = [{instancePath,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}

export const isSinkQueue: Compiled = validate26;
const schema9 = {"type":"object","required":["version","owner","deliveries"],"properties":{"version":{"const":1},"owner":{"type":["object","null"]},"deliveries":{"type":"array","items":{"type":"object","required":["target","item","queuedAt","attempts","nextAt"],"properties":{"target":{"type":"string"},"queuedAt":{"type":"integer","minimum":0,"maximum":8640000000000000},"attempts":{"type":"integer","minimum":0,"maximum":8640000000000000},"nextAt":{"type":"number","minimum":0},"item":{"type":"object","required":["dump"],"properties":{"dump":{"type":"string"},"held":{"const":true}}}}}}}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.version === undefined) && (missing0 = "version")) || ((data.owner === undefined) && (missing0 = "owner"))) || ((data.deliveries === undefined) && (missing0 = "deliveries"))){
validate26.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.version !== undefined){
const _errs1 = errors;
if(1 !== data.version){
validate26.errors = [{instancePath:instancePath+"/version",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.owner !== undefined){
let data1 = data.owner;
const _errs2 = errors;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
validate26.errors = [{instancePath:instancePath+"/owner",keyword:"type",params:{type: schema9.properties.owner.type},message:"must be object,null"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.deliveries !== undefined){
let data2 = data.deliveries;
const _errs4 = errors;
if(errors === _errs4){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs6 = errors;
if(errors === _errs6){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if((((((data3.target === undefined) && (missing1 = "target")) || ((data3.item === undefined) && (missing1 = "item"))) || ((data3.queuedAt === undefined) && (missing1 = "queuedAt"))) || ((data3.attempts === undefined) && (missing1 = "attempts"))) || ((data3.nextAt === undefined) && (missing1 = "nextAt"))){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0,keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data3.target !== undefined){
const _errs8 = errors;
if(typeof data3.target !== "string"){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/target",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs8 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.queuedAt !== undefined){
let data5 = data3.queuedAt;
const _errs10 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/queuedAt",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 8640000000000000 || isNaN(data5)){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/queuedAt",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data5 < 0 || isNaN(data5)){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/queuedAt",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs10 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.attempts !== undefined){
let data6 = data3.attempts;
const _errs12 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/attempts",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs12){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 8640000000000000 || isNaN(data6)){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/attempts",keyword:"maximum",params:{comparison: "<=", limit: 8640000000000000},message:"must be <= 8640000000000000"}];
return false;
}
else {
if(data6 < 0 || isNaN(data6)){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/attempts",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.nextAt !== undefined){
let data7 = data3.nextAt;
const _errs14 = errors;
if(errors === _errs14){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/nextAt",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/nextAt",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.item !== undefined){
let data8 = data3.item;
const _errs16 = errors;
if(errors === _errs16){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing2;
if((data8.dump === undefined) && (missing2 = "dump")){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/item",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data8.dump !== undefined){
const _errs18 = errors;
if(typeof data8.dump !== "string"){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/item/dump",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data8.held !== undefined){
const _errs20 = errors;
if(true !== data8.held){
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/item/held",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"}];
return false;
}
var valid3 = _errs20 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0+"/item",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/deliveries/" + i0,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/deliveries",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate26.errors = [{instancePath,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate26.errors = vErrors;
return errors === 0;
}

export const isRunRecord: Compiled = validate27;
const schema10 = {"type":"object","required":["program","pid","host","labels","node","startedAt","endedAt","ending","exitCode","text","dump","samples"],"properties":{"program":{"type":"string"},"pid":{"type":"integer","minimum":0},"host":{"type":"string"},"labels":{"type":"object","additionalProperties":{"type":"string"}},"node":{"type":"string"},"startedAt":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"},"endedAt":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"},"ending":{"type":"string"},"exitCode":{"type":["integer","null"]},"text":{"type":"string"},"dump":{"type":["string","null"]},"samples":{"type":"array","items":{"type":"object","required":["at","values"],"properties":{"at":{"type":"number"},"values":{"type":"object"}}}}}};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((((((data.program === undefined) && (missing0 = "program")) || ((data.pid === undefined) && (missing0 = "pid"))) || ((data.host === undefined) && (missing0 = "host"))) || ((data.labels === undefined) && (missing0 = "labels"))) || ((data.node === undefined) && (missing0 = "node"))) || ((data.startedAt === undefined) && (missing0 = "startedAt"))) || ((data.endedAt === undefined) && (missing0 = "endedAt"))) || ((data.ending === undefined) && (missing0 = "ending"))) || ((data.exitCode === undefined) && (missing0 = "exitCode"))) || ((data.text === undefined) && (missing0 = "text"))) || ((data.dump === undefined) && (missing0 = "dump"))) || ((data.samples === undefined) && (missing0 = "samples"))){
validate27.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.program !== undefined){
const _errs1 = errors;
if(typeof data.program !== "string"){
validate27.errors = [{instancePath:instancePath+"/program",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.pid !== undefined){
let data1 = data.pid;
const _errs3 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate27.errors = [{instancePath:instancePath+"/pid",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs3){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
validate27.errors = [{instancePath:instancePath+"/pid",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.host !== undefined){
const _errs5 = errors;
if(typeof data.host !== "string"){
validate27.errors = [{instancePath:instancePath+"/host",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.labels !== undefined){
let data3 = data.labels;
const _errs7 = errors;
if(errors === _errs7){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key0 in data3){
const _errs10 = errors;
if(typeof data3[key0] !== "string"){
validate27.errors = [{instancePath:instancePath+"/labels/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs10 === errors;
if(!valid1){
break;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/labels",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.node !== undefined){
const _errs12 = errors;
if(typeof data.node !== "string"){
validate27.errors = [{instancePath:instancePath+"/node",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.startedAt !== undefined){
let data6 = data.startedAt;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data6 === "string"){
if(!pattern0.test(data6)){
validate27.errors = [{instancePath:instancePath+"/startedAt",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"+"\""}];
return false;
}
}
else {
validate27.errors = [{instancePath:instancePath+"/startedAt",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.endedAt !== undefined){
let data7 = data.endedAt;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data7 === "string"){
if(!pattern0.test(data7)){
validate27.errors = [{instancePath:instancePath+"/endedAt",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"+"\""}];
return false;
}
}
else {
validate27.errors = [{instancePath:instancePath+"/endedAt",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.ending !== undefined){
const _errs18 = errors;
if(typeof data.ending !== "string"){
validate27.errors = [{instancePath:instancePath+"/ending",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.exitCode !== undefined){
let data9 = data.exitCode;
const _errs20 = errors;
if((!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))) && (data9 !== null)){
validate27.errors = [{instancePath:instancePath+"/exitCode",keyword:"type",params:{type: schema10.properties.exitCode.type},message:"must be integer,null"}];
return false;
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.text !== undefined){
const _errs22 = errors;
if(typeof data.text !== "string"){
validate27.errors = [{instancePath:instancePath+"/text",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.dump !== undefined){
let data11 = data.dump;
const _errs24 = errors;
if((typeof data11 !== "string") && (data11 !== null)){
validate27.errors = [{instancePath:instancePath+"/dump",keyword:"type",params:{type: schema10.properties.dump.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.samples !== undefined){
let data12 = data.samples;
const _errs26 = errors;
if(errors === _errs26){
if(Array.isArray(data12)){
var valid2 = true;
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
let data13 = data12[i0];
const _errs28 = errors;
if(errors === _errs28){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
let missing1;
if(((data13.at === undefined) && (missing1 = "at")) || ((data13.values === undefined) && (missing1 = "values"))){
validate27.errors = [{instancePath:instancePath+"/samples/" + i0,keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data13.at !== undefined){
let data14 = data13.at;
const _errs30 = errors;
if(!((typeof data14 == "number") && (isFinite(data14)))){
validate27.errors = [{instancePath:instancePath+"/samples/" + i0+"/at",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid3 = _errs30 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data13.values !== undefined){
let data15 = data13.values;
const _errs32 = errors;
if(!(data15 && typeof data15 == "object" && !Array.isArray(data15))){
validate27.errors = [{instancePath:instancePath+"/samples/" + i0+"/values",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
var valid3 = _errs32 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/samples/" + i0,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs28 === errors;
if(!valid2){
break;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/samples",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate27.errors = [{instancePath,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate27.errors = vErrors;
return errors === 0;
}

export const isInstance: Compiled = validate28;
const schema11 = {"type":"object","required":["pid","host","bootId","pidNamespace","startTicks","title","script","labels","node","version","startedAt"],"properties":{"pid":{"type":"integer","minimum":1},"host":{"type":"string"},"bootId":{"type":["string","null"]},"pidNamespace":{"type":["string","null"]},"startTicks":{"type":["string","null"]},"title":{"type":"string"},"script":{"type":"string"},"labels":{"type":"object","additionalProperties":{"type":"string"}},"node":{"type":"string"},"version":{"type":"string"},"startedAt":{"type":"string"},"socket":{"type":"string","minLength":1},"prefix":{"type":"string"},"dir":{"type":"string","minLength":1}}};
const func2 = codePoints;

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((((data.pid === undefined) && (missing0 = "pid")) || ((data.host === undefined) && (missing0 = "host"))) || ((data.bootId === undefined) && (missing0 = "bootId"))) || ((data.pidNamespace === undefined) && (missing0 = "pidNamespace"))) || ((data.startTicks === undefined) && (missing0 = "startTicks"))) || ((data.title === undefined) && (missing0 = "title"))) || ((data.script === undefined) && (missing0 = "script"))) || ((data.labels === undefined) && (missing0 = "labels"))) || ((data.node === undefined) && (missing0 = "node"))) || ((data.version === undefined) && (missing0 = "version"))) || ((data.startedAt === undefined) && (missing0 = "startedAt"))){
validate28.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.pid !== undefined){
let data0 = data.pid;
const _errs1 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate28.errors = [{instancePath:instancePath+"/pid",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs1){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
validate28.errors = [{instancePath:instancePath+"/pid",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.host !== undefined){
const _errs3 = errors;
if(typeof data.host !== "string"){
validate28.errors = [{instancePath:instancePath+"/host",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bootId !== undefined){
let data2 = data.bootId;
const _errs5 = errors;
if((typeof data2 !== "string") && (data2 !== null)){
validate28.errors = [{instancePath:instancePath+"/bootId",keyword:"type",params:{type: schema11.properties.bootId.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.pidNamespace !== undefined){
let data3 = data.pidNamespace;
const _errs7 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate28.errors = [{instancePath:instancePath+"/pidNamespace",keyword:"type",params:{type: schema11.properties.pidNamespace.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.startTicks !== undefined){
let data4 = data.startTicks;
const _errs9 = errors;
if((typeof data4 !== "string") && (data4 !== null)){
validate28.errors = [{instancePath:instancePath+"/startTicks",keyword:"type",params:{type: schema11.properties.startTicks.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.title !== undefined){
const _errs11 = errors;
if(typeof data.title !== "string"){
validate28.errors = [{instancePath:instancePath+"/title",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.script !== undefined){
const _errs13 = errors;
if(typeof data.script !== "string"){
validate28.errors = [{instancePath:instancePath+"/script",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.labels !== undefined){
let data7 = data.labels;
const _errs15 = errors;
if(errors === _errs15){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key0 in data7){
const _errs18 = errors;
if(typeof data7[key0] !== "string"){
validate28.errors = [{instancePath:instancePath+"/labels/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs18 === errors;
if(!valid1){
break;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/labels",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.node !== undefined){
const _errs20 = errors;
if(typeof data.node !== "string"){
validate28.errors = [{instancePath:instancePath+"/node",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs22 = errors;
if(typeof data.version !== "string"){
validate28.errors = [{instancePath:instancePath+"/version",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.startedAt !== undefined){
const _errs24 = errors;
if(typeof data.startedAt !== "string"){
validate28.errors = [{instancePath:instancePath+"/startedAt",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.socket !== undefined){
let data12 = data.socket;
const _errs26 = errors;
if(errors === _errs26){
if(typeof data12 === "string"){
if(func2(data12) < 1){
validate28.errors = [{instancePath:instancePath+"/socket",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/socket",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.prefix !== undefined){
const _errs28 = errors;
if(typeof data.prefix !== "string"){
validate28.errors = [{instancePath:instancePath+"/prefix",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs28 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.dir !== undefined){
let data14 = data.dir;
const _errs30 = errors;
if(errors === _errs30){
if(typeof data14 === "string"){
if(func2(data14) < 1){
validate28.errors = [{instancePath:instancePath+"/dir",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/dir",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs30 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate28.errors = [{instancePath,keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}
