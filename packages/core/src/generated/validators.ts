// @ts-nocheck
// Made by scripts/generate.mjs. Do not edit: change the types, then `npm run generate`.
import { type Compiled, codePoints } from '../lib/validate.js'
export const isOptions: Compiled = validate21;
const schema6 = {"type":"object","properties":{"dir":{"type":"string","pattern":"^[^\\u0000]+$"},"interval":{"type":"integer","minimum":20,"maximum":3600000},"history":{"type":"integer","minimum":2,"maximum":1000},"warmup":{"type":"integer","minimum":0,"maximum":100000},"thresholds":{"type":"object","additionalProperties":{"type":"object","properties":{"enabled":{"type":"boolean"},"min":{"type":"number","minimum":0,"maximum":9007199254740991},"cooldown":{"type":"integer","minimum":0,"maximum":31536000000},"hold":{"type":"integer","minimum":1,"maximum":1000},"capture":{"type":"array","items":{"type":"string","enum":["cpu-profile","requests","frames","async-stacks","async-wait","heap-profile","heap-snapshot","holders","trace","report"]},"minItems":1,"uniqueItems":true},"spike":{"type":["number","null"],"exclusiveMinimum":0,"maximum":1000000},"watermark":{"type":["number","null"],"exclusiveMinimum":0,"maximum":9007199254740991},"leak":{"type":["integer","null"],"minimum":60000,"maximum":31536000000}},"additionalProperties":false}},"cpuProfile":{"type":"object","properties":{"duration":{"type":"integer","minimum":10,"maximum":300000},"blockedDuration":{"type":"integer","minimum":10,"maximum":300000},"sampleInterval":{"type":"integer","minimum":100,"maximum":1000000}},"additionalProperties":false},"recorder":{"type":"object","properties":{"enabled":{"type":"boolean"},"window":{"type":"integer","minimum":100,"maximum":60000},"sampleInterval":{"type":"integer","minimum":1000,"maximum":1000000}},"additionalProperties":false},"heapProfile":{"type":"object","properties":{"enabled":{"type":"boolean"},"sampleInterval":{"type":"integer","minimum":1024,"maximum":67108864}},"additionalProperties":false},"heapSnapshot":{"type":"object","properties":{"maxHeapBytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"maxPerProcess":{"type":"integer","minimum":0,"maximum":1000},"redact":{"type":"string","enum":["automatic","always","never"]}},"additionalProperties":false},"asyncStacks":{"type":"object","properties":{"maxHeapBytes":{"type":"integer","minimum":0,"maximum":9007199254740991}},"additionalProperties":false},"frames":{"type":"object","properties":{"maxPause":{"type":"integer","minimum":10,"maximum":60000},"content":{"type":"integer","minimum":0,"maximum":1000}},"additionalProperties":false},"requests":{"type":"object","properties":{"channels":{"type":"array","items":{"type":"string","pattern":"^(?!tracing:)[^\\s]{1,128}$"},"maxItems":32,"uniqueItems":true}},"additionalProperties":false},"retention":{"type":"object","properties":{"maxDumps":{"type":"integer","minimum":1,"maximum":100000},"maxBytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"maxAge":{"type":"integer","minimum":1000,"maximum":9007199254740991},"minFreeBytes":{"type":"integer","minimum":0,"maximum":9007199254740991}},"additionalProperties":false},"limits":{"type":"object","properties":{"maxPerHour":{"type":"integer","minimum":1,"maximum":3600}},"additionalProperties":false},"captures":{"type":"object","properties":{"cpu-profile":{"type":"boolean"},"requests":{"type":"boolean"},"frames":{"type":"boolean"},"async-stacks":{"type":"boolean"},"async-wait":{"type":"boolean"},"heap-profile":{"type":"boolean"},"heap-snapshot":{"type":"boolean"},"holders":{"type":"boolean"},"trace":{"type":"boolean"},"report":{"type":"boolean"}},"additionalProperties":false},"admin":{"type":"object","properties":{"host":{"type":"string","pattern":"^[A-Za-z0-9.:_%-]{1,255}$"},"port":{"type":"integer","minimum":0,"maximum":65535},"path":{"type":"string","pattern":"^[^\\u0000]+$"}},"additionalProperties":false},"explain":{"type":"object","properties":{"enabled":{"type":"boolean"},"sourceLines":{"type":"boolean"}},"additionalProperties":false},"blackBox":{"type":"object","properties":{"enabled":{"type":"boolean"}},"additionalProperties":false},"sinks":{"type":"array","items":{"type":"object","properties":{"module":{"type":"string","minLength":1,"maxLength":4096},"timeout":{"type":"integer","minimum":100,"maximum":3600000}},"required":["module"],"additionalProperties":false},"maxItems":16},"probes":{"type":"object","properties":{"stuckAfter":{"type":"integer","minimum":1000,"maximum":3600000},"evidenceWithin":{"type":"integer","minimum":0,"maximum":3600000}},"additionalProperties":false},"terminationLog":{"anyOf":[{"type":"string","pattern":"^[^\\u0000]+$"},{"type":"boolean","enum":[false]}]},"links":{"type":"object","properties":{"trace":{"type":"string","pattern":"^(?=.*\\{traceId\\})https?://[^\\s{}/][^\\s{}]*(?:\\{(?:traceId|spanId)\\}[^\\s{}]*)+$","maxLength":2048}},"additionalProperties":false},"dashboard":{"type":"boolean"},"prefix":{"type":"string","pattern":"^[A-Za-z0-9/._~-]*$"},"labels":{"type":"object","additionalProperties":{"type":"string","maxLength":1024},"maxProperties":64}},"additionalProperties":false};
const func2 = Object.prototype.hasOwnProperty;
const func4 = codePoints;
const pattern0 = new RegExp("^[^\\u0000]+$", "u");
const pattern1 = new RegExp("^(?!tracing:)[^\\s]{1,128}$", "u");
const pattern2 = new RegExp("^[A-Za-z0-9.:_%-]{1,255}$", "u");
const pattern5 = new RegExp("^(?=.*\\{traceId\\})https?://[^\\s{}/][^\\s{}]*(?:\\{(?:traceId|spanId)\\}[^\\s{}]*)+$", "u");
const pattern6 = new RegExp("^[A-Za-z0-9/._~-]*$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.dir !== undefined){
let data0 = data.dir;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err1 = {instancePath:instancePath+"/dir",schemaPath:"#/properties/dir/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/dir",schemaPath:"#/properties/dir/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.interval !== undefined){
let data1 = data.interval;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 3600000 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600000},message:"must be <= 3600000"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data1 < 20 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 20},message:"must be >= 20"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data.history !== undefined){
let data2 = data.history;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err6 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2 < 2 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/minimum",keyword:"minimum",params:{comparison: ">=", limit: 2},message:"must be >= 2"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.warmup !== undefined){
let data3 = data.warmup;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err9 = {instancePath:instancePath+"/warmup",schemaPath:"#/properties/warmup/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 100000 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/warmup",schemaPath:"#/properties/warmup/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/warmup",schemaPath:"#/properties/warmup/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data.thresholds !== undefined){
let data4 = data.thresholds;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
let data5 = data4[key1];
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key2 in data5){
if(!((((((((key2 === "enabled") || (key2 === "min")) || (key2 === "cooldown")) || (key2 === "hold")) || (key2 === "capture")) || (key2 === "spike")) || (key2 === "watermark")) || (key2 === "leak"))){
const err12 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/thresholds/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data5.enabled !== undefined){
if(typeof data5.enabled !== "boolean"){
const err13 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/enabled",schemaPath:"#/properties/thresholds/additionalProperties/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data5.min !== undefined){
let data7 = data5.min;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
const err14 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/properties/thresholds/additionalProperties/properties/min/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err15 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/properties/thresholds/additionalProperties/properties/min/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/min",schemaPath:"#/properties/thresholds/additionalProperties/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data5.cooldown !== undefined){
let data8 = data5.cooldown;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err17 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/cooldown",schemaPath:"#/properties/thresholds/additionalProperties/properties/cooldown/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 31536000000 || isNaN(data8)){
const err18 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/cooldown",schemaPath:"#/properties/thresholds/additionalProperties/properties/cooldown/maximum",keyword:"maximum",params:{comparison: "<=", limit: 31536000000},message:"must be <= 31536000000"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data8 < 0 || isNaN(data8)){
const err19 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/cooldown",schemaPath:"#/properties/thresholds/additionalProperties/properties/cooldown/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
if(data5.hold !== undefined){
let data9 = data5.hold;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err20 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/hold",schemaPath:"#/properties/thresholds/additionalProperties/properties/hold/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 1000 || isNaN(data9)){
const err21 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/hold",schemaPath:"#/properties/thresholds/additionalProperties/properties/hold/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data9 < 1 || isNaN(data9)){
const err22 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/hold",schemaPath:"#/properties/thresholds/additionalProperties/properties/hold/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
if(data5.capture !== undefined){
let data10 = data5.capture;
if(Array.isArray(data10)){
if(data10.length < 1){
const err23 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture",schemaPath:"#/properties/thresholds/additionalProperties/properties/capture/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(typeof data11 !== "string"){
const err24 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture/" + i0,schemaPath:"#/properties/thresholds/additionalProperties/properties/capture/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(!((((((((((data11 === "cpu-profile") || (data11 === "requests")) || (data11 === "frames")) || (data11 === "async-stacks")) || (data11 === "async-wait")) || (data11 === "heap-profile")) || (data11 === "heap-snapshot")) || (data11 === "holders")) || (data11 === "trace")) || (data11 === "report"))){
const err25 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture/" + i0,schemaPath:"#/properties/thresholds/additionalProperties/properties/capture/items/enum",keyword:"enum",params:{allowedValues: schema6.properties.thresholds.additionalProperties.properties.capture.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
let i1 = data10.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data10[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err26 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture",schemaPath:"#/properties/thresholds/additionalProperties/properties/capture/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err27 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture",schemaPath:"#/properties/thresholds/additionalProperties/properties/capture/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data5.spike !== undefined){
let data12 = data5.spike;
if((!((typeof data12 == "number") && (isFinite(data12)))) && (data12 !== null)){
const err28 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/spike",schemaPath:"#/properties/thresholds/additionalProperties/properties/spike/type",keyword:"type",params:{type: schema6.properties.thresholds.additionalProperties.properties.spike.type},message:"must be number,null"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 1000000 || isNaN(data12)){
const err29 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/spike",schemaPath:"#/properties/thresholds/additionalProperties/properties/spike/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data12 <= 0 || isNaN(data12)){
const err30 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/spike",schemaPath:"#/properties/thresholds/additionalProperties/properties/spike/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
if(data5.watermark !== undefined){
let data13 = data5.watermark;
if((!((typeof data13 == "number") && (isFinite(data13)))) && (data13 !== null)){
const err31 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/watermark",schemaPath:"#/properties/thresholds/additionalProperties/properties/watermark/type",keyword:"type",params:{type: schema6.properties.thresholds.additionalProperties.properties.watermark.type},message:"must be number,null"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 9007199254740991 || isNaN(data13)){
const err32 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/watermark",schemaPath:"#/properties/thresholds/additionalProperties/properties/watermark/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data13 <= 0 || isNaN(data13)){
const err33 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/watermark",schemaPath:"#/properties/thresholds/additionalProperties/properties/watermark/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
if(data5.leak !== undefined){
let data14 = data5.leak;
if((!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))) && (data14 !== null)){
const err34 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/leak",schemaPath:"#/properties/thresholds/additionalProperties/properties/leak/type",keyword:"type",params:{type: schema6.properties.thresholds.additionalProperties.properties.leak.type},message:"must be integer,null"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 31536000000 || isNaN(data14)){
const err35 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/leak",schemaPath:"#/properties/thresholds/additionalProperties/properties/leak/maximum",keyword:"maximum",params:{comparison: "<=", limit: 31536000000},message:"must be <= 31536000000"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data14 < 60000 || isNaN(data14)){
const err36 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/leak",schemaPath:"#/properties/thresholds/additionalProperties/properties/leak/minimum",keyword:"minimum",params:{comparison: ">=", limit: 60000},message:"must be >= 60000"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
}
else {
const err37 = {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/thresholds/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/thresholds",schemaPath:"#/properties/thresholds/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.cpuProfile !== undefined){
let data15 = data.cpuProfile;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key3 in data15){
if(!(((key3 === "duration") || (key3 === "blockedDuration")) || (key3 === "sampleInterval"))){
const err39 = {instancePath:instancePath+"/cpuProfile",schemaPath:"#/properties/cpuProfile/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data15.duration !== undefined){
let data16 = data15.duration;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err40 = {instancePath:instancePath+"/cpuProfile/duration",schemaPath:"#/properties/cpuProfile/properties/duration/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 300000 || isNaN(data16)){
const err41 = {instancePath:instancePath+"/cpuProfile/duration",schemaPath:"#/properties/cpuProfile/properties/duration/maximum",keyword:"maximum",params:{comparison: "<=", limit: 300000},message:"must be <= 300000"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(data16 < 10 || isNaN(data16)){
const err42 = {instancePath:instancePath+"/cpuProfile/duration",schemaPath:"#/properties/cpuProfile/properties/duration/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
if(data15.blockedDuration !== undefined){
let data17 = data15.blockedDuration;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err43 = {instancePath:instancePath+"/cpuProfile/blockedDuration",schemaPath:"#/properties/cpuProfile/properties/blockedDuration/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 300000 || isNaN(data17)){
const err44 = {instancePath:instancePath+"/cpuProfile/blockedDuration",schemaPath:"#/properties/cpuProfile/properties/blockedDuration/maximum",keyword:"maximum",params:{comparison: "<=", limit: 300000},message:"must be <= 300000"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data17 < 10 || isNaN(data17)){
const err45 = {instancePath:instancePath+"/cpuProfile/blockedDuration",schemaPath:"#/properties/cpuProfile/properties/blockedDuration/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
if(data15.sampleInterval !== undefined){
let data18 = data15.sampleInterval;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err46 = {instancePath:instancePath+"/cpuProfile/sampleInterval",schemaPath:"#/properties/cpuProfile/properties/sampleInterval/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 1000000 || isNaN(data18)){
const err47 = {instancePath:instancePath+"/cpuProfile/sampleInterval",schemaPath:"#/properties/cpuProfile/properties/sampleInterval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data18 < 100 || isNaN(data18)){
const err48 = {instancePath:instancePath+"/cpuProfile/sampleInterval",schemaPath:"#/properties/cpuProfile/properties/sampleInterval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
}
else {
const err49 = {instancePath:instancePath+"/cpuProfile",schemaPath:"#/properties/cpuProfile/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data.recorder !== undefined){
let data19 = data.recorder;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key4 in data19){
if(!(((key4 === "enabled") || (key4 === "window")) || (key4 === "sampleInterval"))){
const err50 = {instancePath:instancePath+"/recorder",schemaPath:"#/properties/recorder/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data19.enabled !== undefined){
if(typeof data19.enabled !== "boolean"){
const err51 = {instancePath:instancePath+"/recorder/enabled",schemaPath:"#/properties/recorder/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data19.window !== undefined){
let data21 = data19.window;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
const err52 = {instancePath:instancePath+"/recorder/window",schemaPath:"#/properties/recorder/properties/window/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 > 60000 || isNaN(data21)){
const err53 = {instancePath:instancePath+"/recorder/window",schemaPath:"#/properties/recorder/properties/window/maximum",keyword:"maximum",params:{comparison: "<=", limit: 60000},message:"must be <= 60000"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(data21 < 100 || isNaN(data21)){
const err54 = {instancePath:instancePath+"/recorder/window",schemaPath:"#/properties/recorder/properties/window/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
if(data19.sampleInterval !== undefined){
let data22 = data19.sampleInterval;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err55 = {instancePath:instancePath+"/recorder/sampleInterval",schemaPath:"#/properties/recorder/properties/sampleInterval/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 1000000 || isNaN(data22)){
const err56 = {instancePath:instancePath+"/recorder/sampleInterval",schemaPath:"#/properties/recorder/properties/sampleInterval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(data22 < 1000 || isNaN(data22)){
const err57 = {instancePath:instancePath+"/recorder/sampleInterval",schemaPath:"#/properties/recorder/properties/sampleInterval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},message:"must be >= 1000"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
}
else {
const err58 = {instancePath:instancePath+"/recorder",schemaPath:"#/properties/recorder/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data.heapProfile !== undefined){
let data23 = data.heapProfile;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
for(const key5 in data23){
if(!((key5 === "enabled") || (key5 === "sampleInterval"))){
const err59 = {instancePath:instancePath+"/heapProfile",schemaPath:"#/properties/heapProfile/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data23.enabled !== undefined){
if(typeof data23.enabled !== "boolean"){
const err60 = {instancePath:instancePath+"/heapProfile/enabled",schemaPath:"#/properties/heapProfile/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data23.sampleInterval !== undefined){
let data25 = data23.sampleInterval;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err61 = {instancePath:instancePath+"/heapProfile/sampleInterval",schemaPath:"#/properties/heapProfile/properties/sampleInterval/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 > 67108864 || isNaN(data25)){
const err62 = {instancePath:instancePath+"/heapProfile/sampleInterval",schemaPath:"#/properties/heapProfile/properties/sampleInterval/maximum",keyword:"maximum",params:{comparison: "<=", limit: 67108864},message:"must be <= 67108864"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(data25 < 1024 || isNaN(data25)){
const err63 = {instancePath:instancePath+"/heapProfile/sampleInterval",schemaPath:"#/properties/heapProfile/properties/sampleInterval/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1024},message:"must be >= 1024"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
}
else {
const err64 = {instancePath:instancePath+"/heapProfile",schemaPath:"#/properties/heapProfile/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.heapSnapshot !== undefined){
let data26 = data.heapSnapshot;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
for(const key6 in data26){
if(!(((key6 === "maxHeapBytes") || (key6 === "maxPerProcess")) || (key6 === "redact"))){
const err65 = {instancePath:instancePath+"/heapSnapshot",schemaPath:"#/properties/heapSnapshot/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data26.maxHeapBytes !== undefined){
let data27 = data26.maxHeapBytes;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err66 = {instancePath:instancePath+"/heapSnapshot/maxHeapBytes",schemaPath:"#/properties/heapSnapshot/properties/maxHeapBytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 9007199254740991 || isNaN(data27)){
const err67 = {instancePath:instancePath+"/heapSnapshot/maxHeapBytes",schemaPath:"#/properties/heapSnapshot/properties/maxHeapBytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(data27 < 0 || isNaN(data27)){
const err68 = {instancePath:instancePath+"/heapSnapshot/maxHeapBytes",schemaPath:"#/properties/heapSnapshot/properties/maxHeapBytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
if(data26.maxPerProcess !== undefined){
let data28 = data26.maxPerProcess;
if(!(((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28))) && (isFinite(data28)))){
const err69 = {instancePath:instancePath+"/heapSnapshot/maxPerProcess",schemaPath:"#/properties/heapSnapshot/properties/maxPerProcess/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 > 1000 || isNaN(data28)){
const err70 = {instancePath:instancePath+"/heapSnapshot/maxPerProcess",schemaPath:"#/properties/heapSnapshot/properties/maxPerProcess/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
if(data28 < 0 || isNaN(data28)){
const err71 = {instancePath:instancePath+"/heapSnapshot/maxPerProcess",schemaPath:"#/properties/heapSnapshot/properties/maxPerProcess/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
if(data26.redact !== undefined){
let data29 = data26.redact;
if(typeof data29 !== "string"){
const err72 = {instancePath:instancePath+"/heapSnapshot/redact",schemaPath:"#/properties/heapSnapshot/properties/redact/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(!(((data29 === "automatic") || (data29 === "always")) || (data29 === "never"))){
const err73 = {instancePath:instancePath+"/heapSnapshot/redact",schemaPath:"#/properties/heapSnapshot/properties/redact/enum",keyword:"enum",params:{allowedValues: schema6.properties.heapSnapshot.properties.redact.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath:instancePath+"/heapSnapshot",schemaPath:"#/properties/heapSnapshot/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data.asyncStacks !== undefined){
let data30 = data.asyncStacks;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key7 in data30){
if(!(key7 === "maxHeapBytes")){
const err75 = {instancePath:instancePath+"/asyncStacks",schemaPath:"#/properties/asyncStacks/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data30.maxHeapBytes !== undefined){
let data31 = data30.maxHeapBytes;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
const err76 = {instancePath:instancePath+"/asyncStacks/maxHeapBytes",schemaPath:"#/properties/asyncStacks/properties/maxHeapBytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 > 9007199254740991 || isNaN(data31)){
const err77 = {instancePath:instancePath+"/asyncStacks/maxHeapBytes",schemaPath:"#/properties/asyncStacks/properties/maxHeapBytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data31 < 0 || isNaN(data31)){
const err78 = {instancePath:instancePath+"/asyncStacks/maxHeapBytes",schemaPath:"#/properties/asyncStacks/properties/maxHeapBytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
}
else {
const err79 = {instancePath:instancePath+"/asyncStacks",schemaPath:"#/properties/asyncStacks/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data.frames !== undefined){
let data32 = data.frames;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key8 in data32){
if(!((key8 === "maxPause") || (key8 === "content"))){
const err80 = {instancePath:instancePath+"/frames",schemaPath:"#/properties/frames/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data32.maxPause !== undefined){
let data33 = data32.maxPause;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err81 = {instancePath:instancePath+"/frames/maxPause",schemaPath:"#/properties/frames/properties/maxPause/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 > 60000 || isNaN(data33)){
const err82 = {instancePath:instancePath+"/frames/maxPause",schemaPath:"#/properties/frames/properties/maxPause/maximum",keyword:"maximum",params:{comparison: "<=", limit: 60000},message:"must be <= 60000"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(data33 < 10 || isNaN(data33)){
const err83 = {instancePath:instancePath+"/frames/maxPause",schemaPath:"#/properties/frames/properties/maxPause/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
if(data32.content !== undefined){
let data34 = data32.content;
if(!(((typeof data34 == "number") && (!(data34 % 1) && !isNaN(data34))) && (isFinite(data34)))){
const err84 = {instancePath:instancePath+"/frames/content",schemaPath:"#/properties/frames/properties/content/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 > 1000 || isNaN(data34)){
const err85 = {instancePath:instancePath+"/frames/content",schemaPath:"#/properties/frames/properties/content/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
if(data34 < 0 || isNaN(data34)){
const err86 = {instancePath:instancePath+"/frames/content",schemaPath:"#/properties/frames/properties/content/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
}
else {
const err87 = {instancePath:instancePath+"/frames",schemaPath:"#/properties/frames/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data.requests !== undefined){
let data35 = data.requests;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
for(const key9 in data35){
if(!(key9 === "channels")){
const err88 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data35.channels !== undefined){
let data36 = data35.channels;
if(Array.isArray(data36)){
if(data36.length > 32){
const err89 = {instancePath:instancePath+"/requests/channels",schemaPath:"#/properties/requests/properties/channels/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
const len1 = data36.length;
for(let i2=0; i2<len1; i2++){
let data37 = data36[i2];
if(typeof data37 === "string"){
if(!pattern1.test(data37)){
const err90 = {instancePath:instancePath+"/requests/channels/" + i2,schemaPath:"#/properties/requests/properties/channels/items/pattern",keyword:"pattern",params:{pattern: "^(?!tracing:)[^\\s]{1,128}$"},message:"must match pattern \""+"^(?!tracing:)[^\\s]{1,128}$"+"\""};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
else {
const err91 = {instancePath:instancePath+"/requests/channels/" + i2,schemaPath:"#/properties/requests/properties/channels/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
let i3 = data36.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data36[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err92 = {instancePath:instancePath+"/requests/channels",schemaPath:"#/properties/requests/properties/channels/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err93 = {instancePath:instancePath+"/requests/channels",schemaPath:"#/properties/requests/properties/channels/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
else {
const err94 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data.retention !== undefined){
let data38 = data.retention;
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
for(const key10 in data38){
if(!((((key10 === "maxDumps") || (key10 === "maxBytes")) || (key10 === "maxAge")) || (key10 === "minFreeBytes"))){
const err95 = {instancePath:instancePath+"/retention",schemaPath:"#/properties/retention/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data38.maxDumps !== undefined){
let data39 = data38.maxDumps;
if(!(((typeof data39 == "number") && (!(data39 % 1) && !isNaN(data39))) && (isFinite(data39)))){
const err96 = {instancePath:instancePath+"/retention/maxDumps",schemaPath:"#/properties/retention/properties/maxDumps/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
if((typeof data39 == "number") && (isFinite(data39))){
if(data39 > 100000 || isNaN(data39)){
const err97 = {instancePath:instancePath+"/retention/maxDumps",schemaPath:"#/properties/retention/properties/maxDumps/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
if(data39 < 1 || isNaN(data39)){
const err98 = {instancePath:instancePath+"/retention/maxDumps",schemaPath:"#/properties/retention/properties/maxDumps/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
}
if(data38.maxBytes !== undefined){
let data40 = data38.maxBytes;
if(!(((typeof data40 == "number") && (!(data40 % 1) && !isNaN(data40))) && (isFinite(data40)))){
const err99 = {instancePath:instancePath+"/retention/maxBytes",schemaPath:"#/properties/retention/properties/maxBytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
if((typeof data40 == "number") && (isFinite(data40))){
if(data40 > 9007199254740991 || isNaN(data40)){
const err100 = {instancePath:instancePath+"/retention/maxBytes",schemaPath:"#/properties/retention/properties/maxBytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
if(data40 < 0 || isNaN(data40)){
const err101 = {instancePath:instancePath+"/retention/maxBytes",schemaPath:"#/properties/retention/properties/maxBytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
}
if(data38.maxAge !== undefined){
let data41 = data38.maxAge;
if(!(((typeof data41 == "number") && (!(data41 % 1) && !isNaN(data41))) && (isFinite(data41)))){
const err102 = {instancePath:instancePath+"/retention/maxAge",schemaPath:"#/properties/retention/properties/maxAge/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if((typeof data41 == "number") && (isFinite(data41))){
if(data41 > 9007199254740991 || isNaN(data41)){
const err103 = {instancePath:instancePath+"/retention/maxAge",schemaPath:"#/properties/retention/properties/maxAge/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
if(data41 < 1000 || isNaN(data41)){
const err104 = {instancePath:instancePath+"/retention/maxAge",schemaPath:"#/properties/retention/properties/maxAge/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},message:"must be >= 1000"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
}
if(data38.minFreeBytes !== undefined){
let data42 = data38.minFreeBytes;
if(!(((typeof data42 == "number") && (!(data42 % 1) && !isNaN(data42))) && (isFinite(data42)))){
const err105 = {instancePath:instancePath+"/retention/minFreeBytes",schemaPath:"#/properties/retention/properties/minFreeBytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
if((typeof data42 == "number") && (isFinite(data42))){
if(data42 > 9007199254740991 || isNaN(data42)){
const err106 = {instancePath:instancePath+"/retention/minFreeBytes",schemaPath:"#/properties/retention/properties/minFreeBytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(data42 < 0 || isNaN(data42)){
const err107 = {instancePath:instancePath+"/retention/minFreeBytes",schemaPath:"#/properties/retention/properties/minFreeBytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
}
else {
const err108 = {instancePath:instancePath+"/retention",schemaPath:"#/properties/retention/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data.limits !== undefined){
let data43 = data.limits;
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
for(const key11 in data43){
if(!(key11 === "maxPerHour")){
const err109 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data43.maxPerHour !== undefined){
let data44 = data43.maxPerHour;
if(!(((typeof data44 == "number") && (!(data44 % 1) && !isNaN(data44))) && (isFinite(data44)))){
const err110 = {instancePath:instancePath+"/limits/maxPerHour",schemaPath:"#/properties/limits/properties/maxPerHour/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
if((typeof data44 == "number") && (isFinite(data44))){
if(data44 > 3600 || isNaN(data44)){
const err111 = {instancePath:instancePath+"/limits/maxPerHour",schemaPath:"#/properties/limits/properties/maxPerHour/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600},message:"must be <= 3600"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if(data44 < 1 || isNaN(data44)){
const err112 = {instancePath:instancePath+"/limits/maxPerHour",schemaPath:"#/properties/limits/properties/maxPerHour/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
}
}
else {
const err113 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data.captures !== undefined){
let data45 = data.captures;
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
for(const key12 in data45){
if(!(func2.call(schema6.properties.captures.properties, key12))){
const err114 = {instancePath:instancePath+"/captures",schemaPath:"#/properties/captures/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
if(data45["cpu-profile"] !== undefined){
if(typeof data45["cpu-profile"] !== "boolean"){
const err115 = {instancePath:instancePath+"/captures/cpu-profile",schemaPath:"#/properties/captures/properties/cpu-profile/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data45.requests !== undefined){
if(typeof data45.requests !== "boolean"){
const err116 = {instancePath:instancePath+"/captures/requests",schemaPath:"#/properties/captures/properties/requests/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data45.frames !== undefined){
if(typeof data45.frames !== "boolean"){
const err117 = {instancePath:instancePath+"/captures/frames",schemaPath:"#/properties/captures/properties/frames/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data45["async-stacks"] !== undefined){
if(typeof data45["async-stacks"] !== "boolean"){
const err118 = {instancePath:instancePath+"/captures/async-stacks",schemaPath:"#/properties/captures/properties/async-stacks/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
if(data45["async-wait"] !== undefined){
if(typeof data45["async-wait"] !== "boolean"){
const err119 = {instancePath:instancePath+"/captures/async-wait",schemaPath:"#/properties/captures/properties/async-wait/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data45["heap-profile"] !== undefined){
if(typeof data45["heap-profile"] !== "boolean"){
const err120 = {instancePath:instancePath+"/captures/heap-profile",schemaPath:"#/properties/captures/properties/heap-profile/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data45["heap-snapshot"] !== undefined){
if(typeof data45["heap-snapshot"] !== "boolean"){
const err121 = {instancePath:instancePath+"/captures/heap-snapshot",schemaPath:"#/properties/captures/properties/heap-snapshot/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data45.holders !== undefined){
if(typeof data45.holders !== "boolean"){
const err122 = {instancePath:instancePath+"/captures/holders",schemaPath:"#/properties/captures/properties/holders/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data45.trace !== undefined){
if(typeof data45.trace !== "boolean"){
const err123 = {instancePath:instancePath+"/captures/trace",schemaPath:"#/properties/captures/properties/trace/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data45.report !== undefined){
if(typeof data45.report !== "boolean"){
const err124 = {instancePath:instancePath+"/captures/report",schemaPath:"#/properties/captures/properties/report/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
}
else {
const err125 = {instancePath:instancePath+"/captures",schemaPath:"#/properties/captures/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data.admin !== undefined){
let data56 = data.admin;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
for(const key13 in data56){
if(!(((key13 === "host") || (key13 === "port")) || (key13 === "path"))){
const err126 = {instancePath:instancePath+"/admin",schemaPath:"#/properties/admin/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data56.host !== undefined){
let data57 = data56.host;
if(typeof data57 === "string"){
if(!pattern2.test(data57)){
const err127 = {instancePath:instancePath+"/admin/host",schemaPath:"#/properties/admin/properties/host/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.:_%-]{1,255}$"},message:"must match pattern \""+"^[A-Za-z0-9.:_%-]{1,255}$"+"\""};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
else {
const err128 = {instancePath:instancePath+"/admin/host",schemaPath:"#/properties/admin/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
if(data56.port !== undefined){
let data58 = data56.port;
if(!(((typeof data58 == "number") && (!(data58 % 1) && !isNaN(data58))) && (isFinite(data58)))){
const err129 = {instancePath:instancePath+"/admin/port",schemaPath:"#/properties/admin/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
if((typeof data58 == "number") && (isFinite(data58))){
if(data58 > 65535 || isNaN(data58)){
const err130 = {instancePath:instancePath+"/admin/port",schemaPath:"#/properties/admin/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
if(data58 < 0 || isNaN(data58)){
const err131 = {instancePath:instancePath+"/admin/port",schemaPath:"#/properties/admin/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
}
if(data56.path !== undefined){
let data59 = data56.path;
if(typeof data59 === "string"){
if(!pattern0.test(data59)){
const err132 = {instancePath:instancePath+"/admin/path",schemaPath:"#/properties/admin/properties/path/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\""};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
else {
const err133 = {instancePath:instancePath+"/admin/path",schemaPath:"#/properties/admin/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
}
else {
const err134 = {instancePath:instancePath+"/admin",schemaPath:"#/properties/admin/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data.explain !== undefined){
let data60 = data.explain;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
for(const key14 in data60){
if(!((key14 === "enabled") || (key14 === "sourceLines"))){
const err135 = {instancePath:instancePath+"/explain",schemaPath:"#/properties/explain/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
if(data60.enabled !== undefined){
if(typeof data60.enabled !== "boolean"){
const err136 = {instancePath:instancePath+"/explain/enabled",schemaPath:"#/properties/explain/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data60.sourceLines !== undefined){
if(typeof data60.sourceLines !== "boolean"){
const err137 = {instancePath:instancePath+"/explain/sourceLines",schemaPath:"#/properties/explain/properties/sourceLines/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
}
else {
const err138 = {instancePath:instancePath+"/explain",schemaPath:"#/properties/explain/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
if(data.blackBox !== undefined){
let data63 = data.blackBox;
if(data63 && typeof data63 == "object" && !Array.isArray(data63)){
for(const key15 in data63){
if(!(key15 === "enabled")){
const err139 = {instancePath:instancePath+"/blackBox",schemaPath:"#/properties/blackBox/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data63.enabled !== undefined){
if(typeof data63.enabled !== "boolean"){
const err140 = {instancePath:instancePath+"/blackBox/enabled",schemaPath:"#/properties/blackBox/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
}
else {
const err141 = {instancePath:instancePath+"/blackBox",schemaPath:"#/properties/blackBox/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data.sinks !== undefined){
let data65 = data.sinks;
if(Array.isArray(data65)){
if(data65.length > 16){
const err142 = {instancePath:instancePath+"/sinks",schemaPath:"#/properties/sinks/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
const len2 = data65.length;
for(let i4=0; i4<len2; i4++){
let data66 = data65[i4];
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
if(data66.module === undefined){
const err143 = {instancePath:instancePath+"/sinks/" + i4,schemaPath:"#/properties/sinks/items/required",keyword:"required",params:{missingProperty: "module"},message:"must have required property '"+"module"+"'"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
for(const key16 in data66){
if(!((key16 === "module") || (key16 === "timeout"))){
const err144 = {instancePath:instancePath+"/sinks/" + i4,schemaPath:"#/properties/sinks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data66.module !== undefined){
let data67 = data66.module;
if(typeof data67 === "string"){
if(func4(data67) > 4096){
const err145 = {instancePath:instancePath+"/sinks/" + i4+"/module",schemaPath:"#/properties/sinks/items/properties/module/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
if(func4(data67) < 1){
const err146 = {instancePath:instancePath+"/sinks/" + i4+"/module",schemaPath:"#/properties/sinks/items/properties/module/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
else {
const err147 = {instancePath:instancePath+"/sinks/" + i4+"/module",schemaPath:"#/properties/sinks/items/properties/module/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data66.timeout !== undefined){
let data68 = data66.timeout;
if(!(((typeof data68 == "number") && (!(data68 % 1) && !isNaN(data68))) && (isFinite(data68)))){
const err148 = {instancePath:instancePath+"/sinks/" + i4+"/timeout",schemaPath:"#/properties/sinks/items/properties/timeout/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
if((typeof data68 == "number") && (isFinite(data68))){
if(data68 > 3600000 || isNaN(data68)){
const err149 = {instancePath:instancePath+"/sinks/" + i4+"/timeout",schemaPath:"#/properties/sinks/items/properties/timeout/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600000},message:"must be <= 3600000"};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
if(data68 < 100 || isNaN(data68)){
const err150 = {instancePath:instancePath+"/sinks/" + i4+"/timeout",schemaPath:"#/properties/sinks/items/properties/timeout/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100"};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
}
}
else {
const err151 = {instancePath:instancePath+"/sinks/" + i4,schemaPath:"#/properties/sinks/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
}
else {
const err152 = {instancePath:instancePath+"/sinks",schemaPath:"#/properties/sinks/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
if(data.probes !== undefined){
let data69 = data.probes;
if(data69 && typeof data69 == "object" && !Array.isArray(data69)){
for(const key17 in data69){
if(!((key17 === "stuckAfter") || (key17 === "evidenceWithin"))){
const err153 = {instancePath:instancePath+"/probes",schemaPath:"#/properties/probes/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
if(data69.stuckAfter !== undefined){
let data70 = data69.stuckAfter;
if(!(((typeof data70 == "number") && (!(data70 % 1) && !isNaN(data70))) && (isFinite(data70)))){
const err154 = {instancePath:instancePath+"/probes/stuckAfter",schemaPath:"#/properties/probes/properties/stuckAfter/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
if((typeof data70 == "number") && (isFinite(data70))){
if(data70 > 3600000 || isNaN(data70)){
const err155 = {instancePath:instancePath+"/probes/stuckAfter",schemaPath:"#/properties/probes/properties/stuckAfter/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600000},message:"must be <= 3600000"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
if(data70 < 1000 || isNaN(data70)){
const err156 = {instancePath:instancePath+"/probes/stuckAfter",schemaPath:"#/properties/probes/properties/stuckAfter/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},message:"must be >= 1000"};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
}
if(data69.evidenceWithin !== undefined){
let data71 = data69.evidenceWithin;
if(!(((typeof data71 == "number") && (!(data71 % 1) && !isNaN(data71))) && (isFinite(data71)))){
const err157 = {instancePath:instancePath+"/probes/evidenceWithin",schemaPath:"#/properties/probes/properties/evidenceWithin/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
if((typeof data71 == "number") && (isFinite(data71))){
if(data71 > 3600000 || isNaN(data71)){
const err158 = {instancePath:instancePath+"/probes/evidenceWithin",schemaPath:"#/properties/probes/properties/evidenceWithin/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600000},message:"must be <= 3600000"};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
if(data71 < 0 || isNaN(data71)){
const err159 = {instancePath:instancePath+"/probes/evidenceWithin",schemaPath:"#/properties/probes/properties/evidenceWithin/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
}
}
else {
const err160 = {instancePath:instancePath+"/probes",schemaPath:"#/properties/probes/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
if(data.terminationLog !== undefined){
let data72 = data.terminationLog;
const _errs164 = errors;
let valid26 = false;
const _errs165 = errors;
if(typeof data72 === "string"){
if(!pattern0.test(data72)){
const err161 = {instancePath:instancePath+"/terminationLog",schemaPath:"#/properties/terminationLog/anyOf/0/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must match pattern \""+"^[^\\u0000]+$"+"\""};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
else {
const err162 = {instancePath:instancePath+"/terminationLog",schemaPath:"#/properties/terminationLog/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
var _valid0 = _errs165 === errors;
valid26 = valid26 || _valid0;
if(!valid26){
const _errs167 = errors;
if(typeof data72 !== "boolean"){
const err163 = {instancePath:instancePath+"/terminationLog",schemaPath:"#/properties/terminationLog/anyOf/1/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
if(!(data72 === false)){
const err164 = {instancePath:instancePath+"/terminationLog",schemaPath:"#/properties/terminationLog/anyOf/1/enum",keyword:"enum",params:{allowedValues: schema6.properties.terminationLog.anyOf[1].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
var _valid0 = _errs167 === errors;
valid26 = valid26 || _valid0;
}
if(!valid26){
const err165 = {instancePath:instancePath+"/terminationLog",schemaPath:"#/properties/terminationLog/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
else {
errors = _errs164;
if(vErrors !== null){
if(_errs164){
vErrors.length = _errs164;
}
else {
vErrors = null;
}
}
}
}
if(data.links !== undefined){
let data73 = data.links;
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
for(const key18 in data73){
if(!(key18 === "trace")){
const err166 = {instancePath:instancePath+"/links",schemaPath:"#/properties/links/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
}
if(data73.trace !== undefined){
let data74 = data73.trace;
if(typeof data74 === "string"){
if(func4(data74) > 2048){
const err167 = {instancePath:instancePath+"/links/trace",schemaPath:"#/properties/links/properties/trace/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
if(!pattern5.test(data74)){
const err168 = {instancePath:instancePath+"/links/trace",schemaPath:"#/properties/links/properties/trace/pattern",keyword:"pattern",params:{pattern: "^(?=.*\\{traceId\\})https?://[^\\s{}/][^\\s{}]*(?:\\{(?:traceId|spanId)\\}[^\\s{}]*)+$"},message:"must match pattern \""+"^(?=.*\\{traceId\\})https?://[^\\s{}/][^\\s{}]*(?:\\{(?:traceId|spanId)\\}[^\\s{}]*)+$"+"\""};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
}
else {
const err169 = {instancePath:instancePath+"/links/trace",schemaPath:"#/properties/links/properties/trace/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
}
else {
const err170 = {instancePath:instancePath+"/links",schemaPath:"#/properties/links/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
if(data.dashboard !== undefined){
if(typeof data.dashboard !== "boolean"){
const err171 = {instancePath:instancePath+"/dashboard",schemaPath:"#/properties/dashboard/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
}
if(data.prefix !== undefined){
let data76 = data.prefix;
if(typeof data76 === "string"){
if(!pattern6.test(data76)){
const err172 = {instancePath:instancePath+"/prefix",schemaPath:"#/properties/prefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9/._~-]*$"},message:"must match pattern \""+"^[A-Za-z0-9/._~-]*$"+"\""};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
else {
const err173 = {instancePath:instancePath+"/prefix",schemaPath:"#/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
if(data.labels !== undefined){
let data77 = data.labels;
if(data77 && typeof data77 == "object" && !Array.isArray(data77)){
if(Object.keys(data77).length > 64){
const err174 = {instancePath:instancePath+"/labels",schemaPath:"#/properties/labels/maxProperties",keyword:"maxProperties",params:{limit: 64},message:"must NOT have more than 64 properties"};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
for(const key19 in data77){
let data78 = data77[key19];
if(typeof data78 === "string"){
if(func4(data78) > 1024){
const err175 = {instancePath:instancePath+"/labels/" + key19.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/labels/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
}
else {
const err176 = {instancePath:instancePath+"/labels/" + key19.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
}
else {
const err177 = {instancePath:instancePath+"/labels",schemaPath:"#/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
}
else {
const err178 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

export const isThreshold: Compiled = validate22;
const schema7 = {"type":"object","properties":{"spike":{"type":["number","null"],"exclusiveMinimum":0,"maximum":1000000},"watermark":{"type":["number","null"],"exclusiveMinimum":0,"maximum":9007199254740991},"leak":{"type":["integer","null"],"minimum":60000,"maximum":31536000000},"enabled":{"type":"boolean"},"min":{"type":"number","minimum":0,"maximum":9007199254740991},"cooldown":{"type":"integer","minimum":0,"maximum":31536000000},"hold":{"type":"integer","minimum":1,"maximum":1000},"capture":{"type":"array","items":{"type":"string","enum":["cpu-profile","requests","frames","async-stacks","async-wait","heap-profile","heap-snapshot","holders","trace","report"]},"minItems":1,"uniqueItems":true}},"additionalProperties":false};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "spike") || (key0 === "watermark")) || (key0 === "leak")) || (key0 === "enabled")) || (key0 === "min")) || (key0 === "cooldown")) || (key0 === "hold")) || (key0 === "capture"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.spike !== undefined){
let data0 = data.spike;
if((!((typeof data0 == "number") && (isFinite(data0)))) && (data0 !== null)){
const err1 = {instancePath:instancePath+"/spike",schemaPath:"#/properties/spike/type",keyword:"type",params:{type: schema7.properties.spike.type},message:"must be number,null"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000000 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/spike",schemaPath:"#/properties/spike/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 <= 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/spike",schemaPath:"#/properties/spike/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.watermark !== undefined){
let data1 = data.watermark;
if((!((typeof data1 == "number") && (isFinite(data1)))) && (data1 !== null)){
const err4 = {instancePath:instancePath+"/watermark",schemaPath:"#/properties/watermark/type",keyword:"type",params:{type: schema7.properties.watermark.type},message:"must be number,null"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/watermark",schemaPath:"#/properties/watermark/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 <= 0 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/watermark",schemaPath:"#/properties/watermark/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.leak !== undefined){
let data2 = data.leak;
if((!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))) && (data2 !== null)){
const err7 = {instancePath:instancePath+"/leak",schemaPath:"#/properties/leak/type",keyword:"type",params:{type: schema7.properties.leak.type},message:"must be integer,null"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 31536000000 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/leak",schemaPath:"#/properties/leak/maximum",keyword:"maximum",params:{comparison: "<=", limit: 31536000000},message:"must be <= 31536000000"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 < 60000 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/leak",schemaPath:"#/properties/leak/minimum",keyword:"minimum",params:{comparison: ">=", limit: 60000},message:"must be >= 60000"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err10 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.min !== undefined){
let data4 = data.min;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
const err11 = {instancePath:instancePath+"/min",schemaPath:"#/properties/min/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err12 = {instancePath:instancePath+"/min",schemaPath:"#/properties/min/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/min",schemaPath:"#/properties/min/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.cooldown !== undefined){
let data5 = data.cooldown;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err14 = {instancePath:instancePath+"/cooldown",schemaPath:"#/properties/cooldown/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 31536000000 || isNaN(data5)){
const err15 = {instancePath:instancePath+"/cooldown",schemaPath:"#/properties/cooldown/maximum",keyword:"maximum",params:{comparison: "<=", limit: 31536000000},message:"must be <= 31536000000"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data5 < 0 || isNaN(data5)){
const err16 = {instancePath:instancePath+"/cooldown",schemaPath:"#/properties/cooldown/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data.hold !== undefined){
let data6 = data.hold;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err17 = {instancePath:instancePath+"/hold",schemaPath:"#/properties/hold/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1000 || isNaN(data6)){
const err18 = {instancePath:instancePath+"/hold",schemaPath:"#/properties/hold/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err19 = {instancePath:instancePath+"/hold",schemaPath:"#/properties/hold/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
if(data.capture !== undefined){
let data7 = data.capture;
if(Array.isArray(data7)){
if(data7.length < 1){
const err20 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 !== "string"){
const err21 = {instancePath:instancePath+"/capture/" + i0,schemaPath:"#/properties/capture/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(!((((((((((data8 === "cpu-profile") || (data8 === "requests")) || (data8 === "frames")) || (data8 === "async-stacks")) || (data8 === "async-wait")) || (data8 === "heap-profile")) || (data8 === "heap-snapshot")) || (data8 === "holders")) || (data8 === "trace")) || (data8 === "report"))){
const err22 = {instancePath:instancePath+"/capture/" + i0,schemaPath:"#/properties/capture/items/enum",keyword:"enum",params:{allowedValues: schema7.properties.capture.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
let i1 = data7.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data7[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err23 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err24 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

export const isTriggerRequest: Compiled = validate23;
const schema8 = {"type":"object","properties":{"capture":{"type":"array","items":{"type":"string","enum":["cpu-profile","requests","frames","async-stacks","async-wait","heap-profile","heap-snapshot","holders","trace","report"]},"minItems":1,"uniqueItems":true},"duration":{"type":"integer","minimum":10,"maximum":300000},"reason":{"type":"string","maxLength":500},"worker":{"type":["string","integer"],"minLength":1,"maxLength":64,"minimum":1}},"additionalProperties":false};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "capture") || (key0 === "duration")) || (key0 === "reason")) || (key0 === "worker"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.capture !== undefined){
let data0 = data.capture;
if(Array.isArray(data0)){
if(data0.length < 1){
const err1 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/capture/" + i0,schemaPath:"#/properties/capture/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((((((((((data1 === "cpu-profile") || (data1 === "requests")) || (data1 === "frames")) || (data1 === "async-stacks")) || (data1 === "async-wait")) || (data1 === "heap-profile")) || (data1 === "heap-snapshot")) || (data1 === "holders")) || (data1 === "trace")) || (data1 === "report"))){
const err3 = {instancePath:instancePath+"/capture/" + i0,schemaPath:"#/properties/capture/items/enum",keyword:"enum",params:{allowedValues: schema8.properties.capture.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err4 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err5 = {instancePath:instancePath+"/capture",schemaPath:"#/properties/capture/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.duration !== undefined){
let data2 = data.duration;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err6 = {instancePath:instancePath+"/duration",schemaPath:"#/properties/duration/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 300000 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/duration",schemaPath:"#/properties/duration/maximum",keyword:"maximum",params:{comparison: "<=", limit: 300000},message:"must be <= 300000"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2 < 10 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/duration",schemaPath:"#/properties/duration/minimum",keyword:"minimum",params:{comparison: ">=", limit: 10},message:"must be >= 10"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.reason !== undefined){
let data3 = data.reason;
if(typeof data3 === "string"){
if(func4(data3) > 500){
const err9 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.worker !== undefined){
let data4 = data.worker;
if((typeof data4 !== "string") && (!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4))))){
const err11 = {instancePath:instancePath+"/worker",schemaPath:"#/properties/worker/type",keyword:"type",params:{type: schema8.properties.worker.type},message:"must be string,integer"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 1 || isNaN(data4)){
const err12 = {instancePath:instancePath+"/worker",schemaPath:"#/properties/worker/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(typeof data4 === "string"){
if(func4(data4) > 64){
const err13 = {instancePath:instancePath+"/worker",schemaPath:"#/properties/worker/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(func4(data4) < 1){
const err14 = {instancePath:instancePath+"/worker",schemaPath:"#/properties/worker/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}

export const isFaultPatch: Compiled = validate24;
const schema9 = {"type":"object","properties":{"state":{"type":"string","enum":["open","ignored","resolved"]},"note":{"type":"string","maxLength":2000}},"additionalProperties":false};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "state") || (key0 === "note"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.state !== undefined){
let data0 = data.state;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!(((data0 === "open") || (data0 === "ignored")) || (data0 === "resolved"))){
const err2 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/enum",keyword:"enum",params:{allowedValues: schema9.properties.state.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.note !== undefined){
let data1 = data.note;
if(typeof data1 === "string"){
if(func4(data1) > 2000){
const err3 = {instancePath:instancePath+"/note",schemaPath:"#/properties/note/maxLength",keyword:"maxLength",params:{limit: 2000},message:"must NOT have more than 2000 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/note",schemaPath:"#/properties/note/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

export const isLoginRequest: Compiled = validate25;
const schema10 = {"type":"object","properties":{"token":{"type":"string","minLength":1,"maxLength":4096},"path":{"type":"string","maxLength":1024,"pattern":"^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"}},"required":["token"],"additionalProperties":false};
const pattern7 = new RegExp("^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$", "u");

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.token === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "token"},message:"must have required property '"+"token"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "token") || (key0 === "path"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.token !== undefined){
let data0 = data.token;
if(typeof data0 === "string"){
if(func4(data0) > 4096){
const err2 = {instancePath:instancePath+"/token",schemaPath:"#/properties/token/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func4(data0) < 1){
const err3 = {instancePath:instancePath+"/token",schemaPath:"#/properties/token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/token",schemaPath:"#/properties/token/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.path !== undefined){
let data1 = data.path;
if(typeof data1 === "string"){
if(func4(data1) > 1024){
const err5 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!pattern7.test(data1)){
const err6 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/pattern",keyword:"pattern",params:{pattern: "^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"},message:"must match pattern \""+"^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}

export const isLogoutRequest: Compiled = validate26;
const schema11 = {"type":"object","properties":{"path":{"type":"string","maxLength":1024,"pattern":"^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"}},"additionalProperties":false};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "path")){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.path !== undefined){
let data0 = data.path;
if(typeof data0 === "string"){
if(func4(data0) > 1024){
const err1 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern7.test(data0)){
const err2 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/pattern",keyword:"pattern",params:{pattern: "^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"},message:"must match pattern \""+"^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"+"\""};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}

const isNoQuery: Compiled = validate27;
const schema12 = {"type":"object","additionalProperties":false};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate27.errors = vErrors;
return errors === 0;
}

const isListQuery: Compiled = validate28;
const schema13 = {"type":"object","properties":{"limit":{"type":"integer","minimum":1,"maximum":1000},"cursor":{"type":"string","minLength":1,"maxLength":500},"metric":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_]{0,63}$"},"rule":{"type":"string","enum":["spike","watermark","leak","manual","crash"]},"q":{"type":"string","maxLength":200},"pinned":{"type":"boolean"},"service":{"type":"string","maxLength":200},"version":{"type":"string","maxLength":200},"origin":{"type":"string","maxLength":200},"fault":{"type":"string","pattern":"^[0-9a-f]{12}$"},"since":{"type":"integer","minimum":0},"until":{"type":"integer","minimum":0},"facets":{"type":"boolean"}},"additionalProperties":false};
const pattern9 = new RegExp("^[A-Za-z][A-Za-z0-9_]{0,63}$", "u");
const pattern10 = new RegExp("^[0-9a-f]{12}$", "u");

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema13.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.limit !== undefined){
let data0 = data.limit;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.cursor !== undefined){
let data1 = data.cursor;
if(typeof data1 === "string"){
if(func4(data1) > 500){
const err4 = {instancePath:instancePath+"/cursor",schemaPath:"#/properties/cursor/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func4(data1) < 1){
const err5 = {instancePath:instancePath+"/cursor",schemaPath:"#/properties/cursor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/cursor",schemaPath:"#/properties/cursor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.metric !== undefined){
let data2 = data.metric;
if(typeof data2 === "string"){
if(!pattern9.test(data2)){
const err7 = {instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]{0,63}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]{0,63}$"+"\""};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.rule !== undefined){
let data3 = data.rule;
if(typeof data3 !== "string"){
const err9 = {instancePath:instancePath+"/rule",schemaPath:"#/properties/rule/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!(((((data3 === "spike") || (data3 === "watermark")) || (data3 === "leak")) || (data3 === "manual")) || (data3 === "crash"))){
const err10 = {instancePath:instancePath+"/rule",schemaPath:"#/properties/rule/enum",keyword:"enum",params:{allowedValues: schema13.properties.rule.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.q !== undefined){
let data4 = data.q;
if(typeof data4 === "string"){
if(func4(data4) > 200){
const err11 = {instancePath:instancePath+"/q",schemaPath:"#/properties/q/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/q",schemaPath:"#/properties/q/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.pinned !== undefined){
if(typeof data.pinned !== "boolean"){
const err13 = {instancePath:instancePath+"/pinned",schemaPath:"#/properties/pinned/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.service !== undefined){
let data6 = data.service;
if(typeof data6 === "string"){
if(func4(data6) > 200){
const err14 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.version !== undefined){
let data7 = data.version;
if(typeof data7 === "string"){
if(func4(data7) > 200){
const err16 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.origin !== undefined){
let data8 = data.origin;
if(typeof data8 === "string"){
if(func4(data8) > 200){
const err18 = {instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.fault !== undefined){
let data9 = data.fault;
if(typeof data9 === "string"){
if(!pattern10.test(data9)){
const err20 = {instancePath:instancePath+"/fault",schemaPath:"#/properties/fault/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/fault",schemaPath:"#/properties/fault/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.since !== undefined){
let data10 = data.since;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err22 = {instancePath:instancePath+"/since",schemaPath:"#/properties/since/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
const err23 = {instancePath:instancePath+"/since",schemaPath:"#/properties/since/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
if(data.until !== undefined){
let data11 = data.until;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err24 = {instancePath:instancePath+"/until",schemaPath:"#/properties/until/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
const err25 = {instancePath:instancePath+"/until",schemaPath:"#/properties/until/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data.facets !== undefined){
if(typeof data.facets !== "boolean"){
const err26 = {instancePath:instancePath+"/facets",schemaPath:"#/properties/facets/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}

const isInstanceQuery: Compiled = validate29;
const schema14 = {"type":"object","properties":{"instance":{"type":"string","maxLength":32,"pattern":"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"}},"additionalProperties":false};
const pattern11 = new RegExp("^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$", "u");

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "instance")){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.instance !== undefined){
let data0 = data.instance;
if(typeof data0 === "string"){
if(func4(data0) > 32){
const err1 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/maxLength",keyword:"maxLength",params:{limit: 32},message:"must NOT have more than 32 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern11.test(data0)){
const err2 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/pattern",keyword:"pattern",params:{pattern: "^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},message:"must match pattern \""+"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"+"\""};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const isArtifactQuery: Compiled = validate30;
const schema15 = {"type":"object","properties":{"format":{"type":"string","enum":["pprof"]}},"additionalProperties":false};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "format")){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.format !== undefined){
let data0 = data.format;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!(data0 === "pprof")){
const err2 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/enum",keyword:"enum",params:{allowedValues: schema15.properties.format.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}

const isTriggerQuery: Compiled = validate31;
const schema16 = {"type":"object","properties":{"instance":{"type":"string","maxLength":32,"pattern":"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},"wait":{"type":"boolean"}},"additionalProperties":false};

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "instance") || (key0 === "wait"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.instance !== undefined){
let data0 = data.instance;
if(typeof data0 === "string"){
if(func4(data0) > 32){
const err1 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/maxLength",keyword:"maxLength",params:{limit: 32},message:"must NOT have more than 32 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern11.test(data0)){
const err2 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/pattern",keyword:"pattern",params:{pattern: "^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},message:"must match pattern \""+"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"+"\""};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.wait !== undefined){
if(typeof data.wait !== "boolean"){
const err4 = {instancePath:instancePath+"/wait",schemaPath:"#/properties/wait/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}

const isSamplesQuery: Compiled = validate32;
const schema17 = {"type":"object","properties":{"instance":{"type":"string","maxLength":32,"pattern":"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},"since":{"type":"integer","minimum":0}},"additionalProperties":false};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "instance") || (key0 === "since"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.instance !== undefined){
let data0 = data.instance;
if(typeof data0 === "string"){
if(func4(data0) > 32){
const err1 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/maxLength",keyword:"maxLength",params:{limit: 32},message:"must NOT have more than 32 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern11.test(data0)){
const err2 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/pattern",keyword:"pattern",params:{pattern: "^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},message:"must match pattern \""+"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"+"\""};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/instance",schemaPath:"#/properties/instance/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.since !== undefined){
let data1 = data.since;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/since",schemaPath:"#/properties/since/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/since",schemaPath:"#/properties/since/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}

const isFaultsQuery: Compiled = validate33;
const schema18 = {"type":"object","properties":{"since":{"type":"integer","minimum":0},"until":{"type":"integer","minimum":0},"service":{"type":"string","maxLength":200}},"additionalProperties":false};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "since") || (key0 === "until")) || (key0 === "service"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.since !== undefined){
let data0 = data.since;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/since",schemaPath:"#/properties/since/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/since",schemaPath:"#/properties/since/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data.until !== undefined){
let data1 = data.until;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/until",schemaPath:"#/properties/until/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/until",schemaPath:"#/properties/until/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.service !== undefined){
let data2 = data.service;
if(typeof data2 === "string"){
if(func4(data2) > 200){
const err5 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}

const isPprofQuery: Compiled = validate34;
const schema19 = {"type":"object","properties":{"seconds":{"type":"integer","minimum":1,"maximum":86400},"gc":{"type":"integer","minimum":0,"maximum":1},"debug":{"type":"integer","minimum":0,"maximum":0}},"additionalProperties":false};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "seconds") || (key0 === "gc")) || (key0 === "debug"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.seconds !== undefined){
let data0 = data.seconds;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/seconds",schemaPath:"#/properties/seconds/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 86400 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/seconds",schemaPath:"#/properties/seconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/seconds",schemaPath:"#/properties/seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.gc !== undefined){
let data1 = data.gc;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/gc",schemaPath:"#/properties/gc/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/gc",schemaPath:"#/properties/gc/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/gc",schemaPath:"#/properties/gc/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.debug !== undefined){
let data2 = data.debug;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err7 = {instancePath:instancePath+"/debug",schemaPath:"#/properties/debug/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 0 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/debug",schemaPath:"#/properties/debug/maximum",keyword:"maximum",params:{comparison: "<=", limit: 0},message:"must be <= 0"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/debug",schemaPath:"#/properties/debug/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}

/** Of query parameters, by the name of their type. */
export const queries: Record<string, { validate: Compiled; types: Record<string, string> }> = {
  NoQuery: { validate: isNoQuery, types: {} },
  ListQuery: { validate: isListQuery, types: {"limit":"integer","cursor":"string","metric":"string","rule":"string","q":"string","pinned":"boolean","service":"string","version":"string","origin":"string","fault":"string","since":"integer","until":"integer","facets":"boolean"} },
  InstanceQuery: { validate: isInstanceQuery, types: {"instance":"string"} },
  ArtifactQuery: { validate: isArtifactQuery, types: {"format":"string"} },
  TriggerQuery: { validate: isTriggerQuery, types: {"instance":"string","wait":"boolean"} },
  SamplesQuery: { validate: isSamplesQuery, types: {"instance":"string","since":"integer"} },
  FaultsQuery: { validate: isFaultsQuery, types: {"since":"integer","until":"integer","service":"string"} },
  PprofQuery: { validate: isPprofQuery, types: {"seconds":"integer","gc":"integer","debug":"integer"} },
}
