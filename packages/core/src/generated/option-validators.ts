// @ts-nocheck
// Made by scripts/generate.mjs. Do not edit: change the types, then `npm run generate`.
import { type Compiled, beyond, codePoints, noted, unknownField, wrongType } from '../lib/validate.js'
export const isOptions: Compiled = validate21;
const schema6 = {"type":"object","properties":{"cpuProfile":{"$ref":"#/definitions/cpuProfile"},"recorder":{"$ref":"#/definitions/recorder"},"heapProfile":{"$ref":"#/definitions/heapProfile"},"heapSnapshot":{"$ref":"#/definitions/heapSnapshot"},"asyncStacks":{"$ref":"#/definitions/asyncStacks"},"frames":{"$ref":"#/definitions/frames"},"requests":{"$ref":"#/definitions/requests"},"captures":{"$ref":"#/definitions/captures"},"explain":{"$ref":"#/definitions/explain"},"blackBox":{"$ref":"#/definitions/blackBox"},"dir":{"type":"string","pattern":"^[^\\u0000]+$"},"interval":{"type":"integer","minimum":20,"maximum":3600000},"history":{"type":"integer","minimum":2,"maximum":1000},"warmup":{"type":"integer","minimum":0,"maximum":100000},"thresholds":{"$ref":"#/definitions/thresholds"},"retention":{"$ref":"#/definitions/retention"},"limits":{"$ref":"#/definitions/limits"},"admin":{"$ref":"#/definitions/admin"},"sinks":{"type":"array","items":{"type":"object","properties":{"module":{"type":"string","minLength":1,"maxLength":4096},"timeout":{"type":"integer","minimum":100,"maximum":3600000}},"required":["module"],"additionalProperties":false},"maxItems":16},"probes":{"$ref":"#/definitions/probes"},"terminationLog":{"anyOf":[{"type":"string","pattern":"^[^\\u0000]+$"},{"type":"boolean","enum":[false]}]},"links":{"$ref":"#/definitions/links"},"dashboard":{"type":"boolean"},"prefix":{"type":"string","pattern":"^[A-Za-z0-9/._~-]*$"},"labels":{"$ref":"#/definitions/labels"}},"additionalProperties":false,"definitions":{"cpuProfile":{"type":"object","properties":{"duration":{"type":"integer","minimum":10,"maximum":300000},"blockedDuration":{"type":"integer","minimum":10,"maximum":300000},"sampleInterval":{"type":"integer","minimum":100,"maximum":1000000}},"additionalProperties":false},"recorder":{"type":"object","properties":{"enabled":{"type":"boolean"},"window":{"type":"integer","minimum":100,"maximum":60000},"sampleInterval":{"type":"integer","minimum":1000,"maximum":1000000}},"additionalProperties":false},"heapProfile":{"type":"object","properties":{"enabled":{"type":"boolean"},"sampleInterval":{"type":"integer","minimum":1024,"maximum":67108864}},"additionalProperties":false},"heapSnapshot":{"type":"object","properties":{"maxHeapBytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"maxPerProcess":{"type":"integer","minimum":0,"maximum":1000},"redact":{"type":"string","enum":["automatic","always","never"]}},"additionalProperties":false},"asyncStacks":{"type":"object","properties":{"maxHeapBytes":{"type":"integer","minimum":0,"maximum":9007199254740991}},"additionalProperties":false},"frames":{"type":"object","properties":{"maxPause":{"type":"integer","minimum":10,"maximum":60000},"content":{"type":"integer","minimum":0,"maximum":1000}},"additionalProperties":false},"requests":{"type":"object","properties":{"channels":{"type":"array","items":{"type":"string","pattern":"^(?!tracing:)[^\\s]{1,128}$"},"maxItems":32,"uniqueItems":true}},"additionalProperties":false},"captures":{"type":"object","properties":{"cpu-profile":{"type":"boolean"},"requests":{"type":"boolean"},"frames":{"type":"boolean"},"async-stacks":{"type":"boolean"},"async-wait":{"type":"boolean"},"heap-profile":{"type":"boolean"},"heap-snapshot":{"type":"boolean"},"holders":{"type":"boolean"},"trace":{"type":"boolean"},"report":{"type":"boolean"}},"additionalProperties":false},"explain":{"type":"object","properties":{"enabled":{"type":"boolean"},"sourceLines":{"type":"boolean"}},"additionalProperties":false},"blackBox":{"type":"object","properties":{"enabled":{"type":"boolean"}},"additionalProperties":false},"thresholds":{"type":"object","additionalProperties":{"$ref":"isThreshold"}},"retention":{"type":"object","properties":{"maxDumps":{"type":"integer","minimum":1,"maximum":100000},"maxBytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"maxAge":{"type":"integer","minimum":1000,"maximum":9007199254740991},"minFreeBytes":{"type":"integer","minimum":0,"maximum":9007199254740991}},"additionalProperties":false},"limits":{"type":"object","properties":{"maxPerHour":{"type":"integer","minimum":1,"maximum":3600}},"additionalProperties":false},"admin":{"type":"object","properties":{"host":{"type":"string","pattern":"^[A-Za-z0-9.:_%-]{1,255}$"},"port":{"type":"integer","minimum":0,"maximum":65535},"path":{"type":"string","pattern":"^[^\\u0000]+$"}},"additionalProperties":false},"probes":{"type":"object","properties":{"stuckAfter":{"type":"integer","minimum":1000,"maximum":3600000},"evidenceWithin":{"type":"integer","minimum":0,"maximum":3600000}},"additionalProperties":false},"links":{"type":"object","properties":{"trace":{"type":"string","pattern":"^(?=.*\\{traceId\\})https?://[^\\s{}/][^\\s{}]*(?:\\{(?:traceId|spanId)\\}[^\\s{}]*)+$","maxLength":2048}},"additionalProperties":false},"labels":{"type":"object","additionalProperties":{"type":"string","maxLength":1024},"maxProperties":64}}};
const func2 = Object.prototype.hasOwnProperty;
const func4 = codePoints;
const schema7 = {"type":"object","properties":{"duration":{"type":"integer","minimum":10,"maximum":300000},"blockedDuration":{"type":"integer","minimum":10,"maximum":300000},"sampleInterval":{"type":"integer","minimum":100,"maximum":1000000}},"additionalProperties":false};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "duration") || (key0 === "blockedDuration")) || (key0 === "sampleInterval"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.duration !== undefined){
let data0 = data.duration;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/duration", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 300000 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/duration", "maximum", "<=", 300000);
errors++;
}
if(data0 < 10 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/duration", "minimum", ">=", 10);
errors++;
}
}
}
if(data.blockedDuration !== undefined){
let data1 = data.blockedDuration;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/blockedDuration", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 300000 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/blockedDuration", "maximum", "<=", 300000);
errors++;
}
if(data1 < 10 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/blockedDuration", "minimum", ">=", 10);
errors++;
}
}
}
if(data.sampleInterval !== undefined){
let data2 = data.sampleInterval;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = wrongType(vErrors, instancePath+"/sampleInterval", "integer");
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/sampleInterval", "maximum", "<=", 1000000);
errors++;
}
if(data2 < 100 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/sampleInterval", "minimum", ">=", 100);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"object","properties":{"enabled":{"type":"boolean"},"window":{"type":"integer","minimum":100,"maximum":60000},"sampleInterval":{"type":"integer","minimum":1000,"maximum":1000000}},"additionalProperties":false};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "enabled") || (key0 === "window")) || (key0 === "sampleInterval"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/enabled", "boolean");
errors++;
}
}
if(data.window !== undefined){
let data1 = data.window;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/window", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 60000 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/window", "maximum", "<=", 60000);
errors++;
}
if(data1 < 100 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/window", "minimum", ">=", 100);
errors++;
}
}
}
if(data.sampleInterval !== undefined){
let data2 = data.sampleInterval;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = wrongType(vErrors, instancePath+"/sampleInterval", "integer");
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/sampleInterval", "maximum", "<=", 1000000);
errors++;
}
if(data2 < 1000 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/sampleInterval", "minimum", ">=", 1000);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"object","properties":{"enabled":{"type":"boolean"},"sampleInterval":{"type":"integer","minimum":1024,"maximum":67108864}},"additionalProperties":false};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "enabled") || (key0 === "sampleInterval"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/enabled", "boolean");
errors++;
}
}
if(data.sampleInterval !== undefined){
let data1 = data.sampleInterval;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/sampleInterval", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 67108864 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/sampleInterval", "maximum", "<=", 67108864);
errors++;
}
if(data1 < 1024 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/sampleInterval", "minimum", ">=", 1024);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"object","properties":{"maxHeapBytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"maxPerProcess":{"type":"integer","minimum":0,"maximum":1000},"redact":{"type":"string","enum":["automatic","always","never"]}},"additionalProperties":false};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "maxHeapBytes") || (key0 === "maxPerProcess")) || (key0 === "redact"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.maxHeapBytes !== undefined){
let data0 = data.maxHeapBytes;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/maxHeapBytes", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 9007199254740991 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxHeapBytes", "maximum", "<=", 9007199254740991);
errors++;
}
if(data0 < 0 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxHeapBytes", "minimum", ">=", 0);
errors++;
}
}
}
if(data.maxPerProcess !== undefined){
let data1 = data.maxPerProcess;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/maxPerProcess", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/maxPerProcess", "maximum", "<=", 1000);
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/maxPerProcess", "minimum", ">=", 0);
errors++;
}
}
}
if(data.redact !== undefined){
let data2 = data.redact;
if(typeof data2 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/redact", "string");
errors++;
}
if(!(((data2 === "automatic") || (data2 === "always")) || (data2 === "never"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/redact",keyword:"enum",params:{allowedValues: schema10.properties.redact.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","properties":{"maxHeapBytes":{"type":"integer","minimum":0,"maximum":9007199254740991}},"additionalProperties":false};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "maxHeapBytes")){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.maxHeapBytes !== undefined){
let data0 = data.maxHeapBytes;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/maxHeapBytes", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 9007199254740991 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxHeapBytes", "maximum", "<=", 9007199254740991);
errors++;
}
if(data0 < 0 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxHeapBytes", "minimum", ">=", 0);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}

const schema12 = {"type":"object","properties":{"maxPause":{"type":"integer","minimum":10,"maximum":60000},"content":{"type":"integer","minimum":0,"maximum":1000}},"additionalProperties":false};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "maxPause") || (key0 === "content"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.maxPause !== undefined){
let data0 = data.maxPause;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/maxPause", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 60000 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxPause", "maximum", "<=", 60000);
errors++;
}
if(data0 < 10 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxPause", "minimum", ">=", 10);
errors++;
}
}
}
if(data.content !== undefined){
let data1 = data.content;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/content", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/content", "maximum", "<=", 1000);
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/content", "minimum", ">=", 0);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"object","properties":{"channels":{"type":"array","items":{"type":"string","pattern":"^(?!tracing:)[^\\s]{1,128}$"},"maxItems":32,"uniqueItems":true}},"additionalProperties":false};
const pattern0 = new RegExp("^(?!tracing:)[^\\s]{1,128}$", "u");

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "channels")){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.channels !== undefined){
let data0 = data.channels;
if(Array.isArray(data0)){
if(data0.length > 32){
vErrors = noted(vErrors, {instancePath:instancePath+"/channels",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
vErrors = noted(vErrors, {instancePath:instancePath+"/channels/" + i0,keyword:"pattern",params:{pattern: "^(?!tracing:)[^\\s]{1,128}$"},message:"must be the name of a TracingChannel, without the prefix tracing:"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/channels/" + i0, "string");
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
vErrors = noted(vErrors, {instancePath:instancePath+"/channels",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/channels", "array");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"object","properties":{"cpu-profile":{"type":"boolean"},"requests":{"type":"boolean"},"frames":{"type":"boolean"},"async-stacks":{"type":"boolean"},"async-wait":{"type":"boolean"},"heap-profile":{"type":"boolean"},"heap-snapshot":{"type":"boolean"},"holders":{"type":"boolean"},"trace":{"type":"boolean"},"report":{"type":"boolean"}},"additionalProperties":false};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema14.properties, key0))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data["cpu-profile"] !== undefined){
if(typeof data["cpu-profile"] !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/cpu-profile", "boolean");
errors++;
}
}
if(data.requests !== undefined){
if(typeof data.requests !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/requests", "boolean");
errors++;
}
}
if(data.frames !== undefined){
if(typeof data.frames !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/frames", "boolean");
errors++;
}
}
if(data["async-stacks"] !== undefined){
if(typeof data["async-stacks"] !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/async-stacks", "boolean");
errors++;
}
}
if(data["async-wait"] !== undefined){
if(typeof data["async-wait"] !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/async-wait", "boolean");
errors++;
}
}
if(data["heap-profile"] !== undefined){
if(typeof data["heap-profile"] !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/heap-profile", "boolean");
errors++;
}
}
if(data["heap-snapshot"] !== undefined){
if(typeof data["heap-snapshot"] !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/heap-snapshot", "boolean");
errors++;
}
}
if(data.holders !== undefined){
if(typeof data.holders !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/holders", "boolean");
errors++;
}
}
if(data.trace !== undefined){
if(typeof data.trace !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/trace", "boolean");
errors++;
}
}
if(data.report !== undefined){
if(typeof data.report !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/report", "boolean");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate36.errors = vErrors;
return errors === 0;
}

const schema15 = {"type":"object","properties":{"enabled":{"type":"boolean"},"sourceLines":{"type":"boolean"}},"additionalProperties":false};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "enabled") || (key0 === "sourceLines"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/enabled", "boolean");
errors++;
}
}
if(data.sourceLines !== undefined){
if(typeof data.sourceLines !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/sourceLines", "boolean");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate38.errors = vErrors;
return errors === 0;
}

const schema16 = {"type":"object","properties":{"enabled":{"type":"boolean"}},"additionalProperties":false};

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "enabled")){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/enabled", "boolean");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate40.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"object","additionalProperties":{"$ref":"isThreshold"}};
const schema18 = {"type":"object","properties":{"spike":{"type":["number","null"],"exclusiveMinimum":0,"maximum":1000000},"watermark":{"type":["number","null"],"exclusiveMinimum":0,"maximum":9007199254740991},"leak":{"type":["integer","null"],"minimum":60000,"maximum":31536000000},"enabled":{"type":"boolean"},"min":{"type":"number","minimum":0,"maximum":9007199254740991},"cooldown":{"type":"integer","minimum":0,"maximum":31536000000},"hold":{"type":"integer","minimum":1,"maximum":1000},"capture":{"type":"array","items":{"type":"string","enum":["cpu-profile","requests","frames","async-stacks","async-wait","heap-profile","heap-snapshot","holders","trace","report"]},"minItems":1,"uniqueItems":true}},"additionalProperties":false};

function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "spike") || (key0 === "watermark")) || (key0 === "leak")) || (key0 === "enabled")) || (key0 === "min")) || (key0 === "cooldown")) || (key0 === "hold")) || (key0 === "capture"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.spike !== undefined){
let data0 = data.spike;
if((!((typeof data0 == "number") && (isFinite(data0)))) && (data0 !== null)){
vErrors = noted(vErrors, {instancePath:instancePath+"/spike",keyword:"type",params:{type: schema18.properties.spike.type},message:"must be number,null"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000000 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/spike", "maximum", "<=", 1000000);
errors++;
}
if(data0 <= 0 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/spike", "exclusiveMinimum", ">", 0);
errors++;
}
}
}
if(data.watermark !== undefined){
let data1 = data.watermark;
if((!((typeof data1 == "number") && (isFinite(data1)))) && (data1 !== null)){
vErrors = noted(vErrors, {instancePath:instancePath+"/watermark",keyword:"type",params:{type: schema18.properties.watermark.type},message:"must be number,null"});
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/watermark", "maximum", "<=", 9007199254740991);
errors++;
}
if(data1 <= 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/watermark", "exclusiveMinimum", ">", 0);
errors++;
}
}
}
if(data.leak !== undefined){
let data2 = data.leak;
if((!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))) && (data2 !== null)){
vErrors = noted(vErrors, {instancePath:instancePath+"/leak",keyword:"type",params:{type: schema18.properties.leak.type},message:"must be integer,null"});
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 31536000000 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/leak", "maximum", "<=", 31536000000);
errors++;
}
if(data2 < 60000 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/leak", "minimum", ">=", 60000);
errors++;
}
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/enabled", "boolean");
errors++;
}
}
if(data.min !== undefined){
let data4 = data.min;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
vErrors = beyond(vErrors, instancePath+"/min", "maximum", "<=", 9007199254740991);
errors++;
}
if(data4 < 0 || isNaN(data4)){
vErrors = beyond(vErrors, instancePath+"/min", "minimum", ">=", 0);
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/min", "number");
errors++;
}
}
if(data.cooldown !== undefined){
let data5 = data.cooldown;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = wrongType(vErrors, instancePath+"/cooldown", "integer");
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 31536000000 || isNaN(data5)){
vErrors = beyond(vErrors, instancePath+"/cooldown", "maximum", "<=", 31536000000);
errors++;
}
if(data5 < 0 || isNaN(data5)){
vErrors = beyond(vErrors, instancePath+"/cooldown", "minimum", ">=", 0);
errors++;
}
}
}
if(data.hold !== undefined){
let data6 = data.hold;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
vErrors = wrongType(vErrors, instancePath+"/hold", "integer");
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1000 || isNaN(data6)){
vErrors = beyond(vErrors, instancePath+"/hold", "maximum", "<=", 1000);
errors++;
}
if(data6 < 1 || isNaN(data6)){
vErrors = beyond(vErrors, instancePath+"/hold", "minimum", ">=", 1);
errors++;
}
}
}
if(data.capture !== undefined){
let data7 = data.capture;
if(Array.isArray(data7)){
if(data7.length < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/capture",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"});
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/capture/" + i0, "string");
errors++;
}
if(!((((((((((data8 === "cpu-profile") || (data8 === "requests")) || (data8 === "frames")) || (data8 === "async-stacks")) || (data8 === "async-wait")) || (data8 === "heap-profile")) || (data8 === "heap-snapshot")) || (data8 === "holders")) || (data8 === "trace")) || (data8 === "report"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/capture/" + i0,keyword:"enum",params:{allowedValues: schema18.properties.capture.items.enum},message:"must be equal to one of the allowed values"});
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
vErrors = noted(vErrors, {instancePath:instancePath+"/capture",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/capture", "array");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate43.errors = vErrors;
return errors === 0;
}


function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(validate43(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData}))){
vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate42.errors = vErrors;
return errors === 0;
}

const schema19 = {"type":"object","properties":{"maxDumps":{"type":"integer","minimum":1,"maximum":100000},"maxBytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"maxAge":{"type":"integer","minimum":1000,"maximum":9007199254740991},"minFreeBytes":{"type":"integer","minimum":0,"maximum":9007199254740991}},"additionalProperties":false};

function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "maxDumps") || (key0 === "maxBytes")) || (key0 === "maxAge")) || (key0 === "minFreeBytes"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.maxDumps !== undefined){
let data0 = data.maxDumps;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/maxDumps", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100000 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxDumps", "maximum", "<=", 100000);
errors++;
}
if(data0 < 1 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxDumps", "minimum", ">=", 1);
errors++;
}
}
}
if(data.maxBytes !== undefined){
let data1 = data.maxBytes;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/maxBytes", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/maxBytes", "maximum", "<=", 9007199254740991);
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/maxBytes", "minimum", ">=", 0);
errors++;
}
}
}
if(data.maxAge !== undefined){
let data2 = data.maxAge;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = wrongType(vErrors, instancePath+"/maxAge", "integer");
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/maxAge", "maximum", "<=", 9007199254740991);
errors++;
}
if(data2 < 1000 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/maxAge", "minimum", ">=", 1000);
errors++;
}
}
}
if(data.minFreeBytes !== undefined){
let data3 = data.minFreeBytes;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
vErrors = wrongType(vErrors, instancePath+"/minFreeBytes", "integer");
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
vErrors = beyond(vErrors, instancePath+"/minFreeBytes", "maximum", "<=", 9007199254740991);
errors++;
}
if(data3 < 0 || isNaN(data3)){
vErrors = beyond(vErrors, instancePath+"/minFreeBytes", "minimum", ">=", 0);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate46.errors = vErrors;
return errors === 0;
}

const schema20 = {"type":"object","properties":{"maxPerHour":{"type":"integer","minimum":1,"maximum":3600}},"additionalProperties":false};

function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "maxPerHour")){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.maxPerHour !== undefined){
let data0 = data.maxPerHour;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/maxPerHour", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 3600 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxPerHour", "maximum", "<=", 3600);
errors++;
}
if(data0 < 1 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/maxPerHour", "minimum", ">=", 1);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate48.errors = vErrors;
return errors === 0;
}

const schema21 = {"type":"object","properties":{"host":{"type":"string","pattern":"^[A-Za-z0-9.:_%-]{1,255}$"},"port":{"type":"integer","minimum":0,"maximum":65535},"path":{"type":"string","pattern":"^[^\\u0000]+$"}},"additionalProperties":false};
const pattern2 = new RegExp("^[A-Za-z0-9.:_%-]{1,255}$", "u");
const pattern1 = new RegExp("^[^\\u0000]+$", "u");

function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "host") || (key0 === "port")) || (key0 === "path"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.host !== undefined){
let data0 = data.host;
if(typeof data0 === "string"){
if(!pattern2.test(data0)){
vErrors = noted(vErrors, {instancePath:instancePath+"/host",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.:_%-]{1,255}$"},message:"must be the name or address of a host"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/host", "string");
errors++;
}
}
if(data.port !== undefined){
let data1 = data.port;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/port", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 65535 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/port", "maximum", "<=", 65535);
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/port", "minimum", ">=", 0);
errors++;
}
}
}
if(data.path !== undefined){
let data2 = data.path;
if(typeof data2 === "string"){
if(!pattern1.test(data2)){
vErrors = noted(vErrors, {instancePath:instancePath+"/path",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must be a path without zero bytes"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/path", "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate50.errors = vErrors;
return errors === 0;
}

const schema22 = {"type":"object","properties":{"stuckAfter":{"type":"integer","minimum":1000,"maximum":3600000},"evidenceWithin":{"type":"integer","minimum":0,"maximum":3600000}},"additionalProperties":false};

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "stuckAfter") || (key0 === "evidenceWithin"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.stuckAfter !== undefined){
let data0 = data.stuckAfter;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/stuckAfter", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 3600000 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/stuckAfter", "maximum", "<=", 3600000);
errors++;
}
if(data0 < 1000 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/stuckAfter", "minimum", ">=", 1000);
errors++;
}
}
}
if(data.evidenceWithin !== undefined){
let data1 = data.evidenceWithin;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/evidenceWithin", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 3600000 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/evidenceWithin", "maximum", "<=", 3600000);
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/evidenceWithin", "minimum", ">=", 0);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"object","properties":{"trace":{"type":"string","pattern":"^(?=.*\\{traceId\\})https?://[^\\s{}/][^\\s{}]*(?:\\{(?:traceId|spanId)\\}[^\\s{}]*)+$","maxLength":2048}},"additionalProperties":false};
const pattern5 = new RegExp("^(?=.*\\{traceId\\})https?://[^\\s{}/][^\\s{}]*(?:\\{(?:traceId|spanId)\\}[^\\s{}]*)+$", "u");

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "trace")){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.trace !== undefined){
let data0 = data.trace;
if(typeof data0 === "string"){
if(func4(data0) > 2048){
vErrors = noted(vErrors, {instancePath:instancePath+"/trace",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"});
errors++;
}
if(!pattern5.test(data0)){
vErrors = noted(vErrors, {instancePath:instancePath+"/trace",keyword:"pattern",params:{pattern: "^(?=.*\\{traceId\\})https?://[^\\s{}/][^\\s{}]*(?:\\{(?:traceId|spanId)\\}[^\\s{}]*)+$"},message:"must be a URL with {traceId}, e.g. https://traces.example/trace/{traceId}"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/trace", "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate54.errors = vErrors;
return errors === 0;
}

const schema24 = {"type":"object","additionalProperties":{"type":"string","maxLength":1024},"maxProperties":64};

function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 64){
vErrors = noted(vErrors, {instancePath,keyword:"maxProperties",params:{limit: 64},message:"must NOT have more than 64 properties"});
errors++;
}
for(const key0 in data){
let data0 = data[key0];
if(typeof data0 === "string"){
if(func4(data0) > 1024){
vErrors = noted(vErrors, {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate56.errors = vErrors;
return errors === 0;
}

const pattern6 = new RegExp("^[A-Za-z0-9/._~-]*$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.cpuProfile !== undefined){
if(!(validate22(data.cpuProfile, {instancePath:instancePath+"/cpuProfile",parentData:data,parentDataProperty:"cpuProfile",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.recorder !== undefined){
if(!(validate24(data.recorder, {instancePath:instancePath+"/recorder",parentData:data,parentDataProperty:"recorder",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.heapProfile !== undefined){
if(!(validate26(data.heapProfile, {instancePath:instancePath+"/heapProfile",parentData:data,parentDataProperty:"heapProfile",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.heapSnapshot !== undefined){
if(!(validate28(data.heapSnapshot, {instancePath:instancePath+"/heapSnapshot",parentData:data,parentDataProperty:"heapSnapshot",rootData}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.asyncStacks !== undefined){
if(!(validate30(data.asyncStacks, {instancePath:instancePath+"/asyncStacks",parentData:data,parentDataProperty:"asyncStacks",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.frames !== undefined){
if(!(validate32(data.frames, {instancePath:instancePath+"/frames",parentData:data,parentDataProperty:"frames",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.requests !== undefined){
if(!(validate34(data.requests, {instancePath:instancePath+"/requests",parentData:data,parentDataProperty:"requests",rootData}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.captures !== undefined){
if(!(validate36(data.captures, {instancePath:instancePath+"/captures",parentData:data,parentDataProperty:"captures",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.explain !== undefined){
if(!(validate38(data.explain, {instancePath:instancePath+"/explain",parentData:data,parentDataProperty:"explain",rootData}))){
vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
errors = vErrors.length;
}
}
if(data.blackBox !== undefined){
if(!(validate40(data.blackBox, {instancePath:instancePath+"/blackBox",parentData:data,parentDataProperty:"blackBox",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.dir !== undefined){
let data10 = data.dir;
if(typeof data10 === "string"){
if(!pattern1.test(data10)){
vErrors = noted(vErrors, {instancePath:instancePath+"/dir",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must be a path without zero bytes"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/dir", "string");
errors++;
}
}
if(data.interval !== undefined){
let data11 = data.interval;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
vErrors = wrongType(vErrors, instancePath+"/interval", "integer");
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 3600000 || isNaN(data11)){
vErrors = beyond(vErrors, instancePath+"/interval", "maximum", "<=", 3600000);
errors++;
}
if(data11 < 20 || isNaN(data11)){
vErrors = beyond(vErrors, instancePath+"/interval", "minimum", ">=", 20);
errors++;
}
}
}
if(data.history !== undefined){
let data12 = data.history;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
vErrors = wrongType(vErrors, instancePath+"/history", "integer");
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 1000 || isNaN(data12)){
vErrors = beyond(vErrors, instancePath+"/history", "maximum", "<=", 1000);
errors++;
}
if(data12 < 2 || isNaN(data12)){
vErrors = beyond(vErrors, instancePath+"/history", "minimum", ">=", 2);
errors++;
}
}
}
if(data.warmup !== undefined){
let data13 = data.warmup;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
vErrors = wrongType(vErrors, instancePath+"/warmup", "integer");
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 100000 || isNaN(data13)){
vErrors = beyond(vErrors, instancePath+"/warmup", "maximum", "<=", 100000);
errors++;
}
if(data13 < 0 || isNaN(data13)){
vErrors = beyond(vErrors, instancePath+"/warmup", "minimum", ">=", 0);
errors++;
}
}
}
if(data.thresholds !== undefined){
if(!(validate42(data.thresholds, {instancePath:instancePath+"/thresholds",parentData:data,parentDataProperty:"thresholds",rootData}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
if(data.retention !== undefined){
if(!(validate46(data.retention, {instancePath:instancePath+"/retention",parentData:data,parentDataProperty:"retention",rootData}))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
if(data.limits !== undefined){
if(!(validate48(data.limits, {instancePath:instancePath+"/limits",parentData:data,parentDataProperty:"limits",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data.admin !== undefined){
if(!(validate50(data.admin, {instancePath:instancePath+"/admin",parentData:data,parentDataProperty:"admin",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
}
if(data.sinks !== undefined){
let data18 = data.sinks;
if(Array.isArray(data18)){
if(data18.length > 16){
vErrors = noted(vErrors, {instancePath:instancePath+"/sinks",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items"});
errors++;
}
const len0 = data18.length;
for(let i0=0; i0<len0; i0++){
let data19 = data18[i0];
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.module === undefined){
vErrors = noted(vErrors, {instancePath:instancePath+"/sinks/" + i0,keyword:"required",params:{missingProperty: "module"},message:"must have required property '"+"module"+"'"});
errors++;
}
for(const key1 in data19){
if(!((key1 === "module") || (key1 === "timeout"))){
vErrors = unknownField(vErrors, instancePath+"/sinks/" + i0, key1);
errors++;
}
}
if(data19.module !== undefined){
let data20 = data19.module;
if(typeof data20 === "string"){
if(func4(data20) > 4096){
vErrors = noted(vErrors, {instancePath:instancePath+"/sinks/" + i0+"/module",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"});
errors++;
}
if(func4(data20) < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/sinks/" + i0+"/module",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/sinks/" + i0+"/module", "string");
errors++;
}
}
if(data19.timeout !== undefined){
let data21 = data19.timeout;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
vErrors = wrongType(vErrors, instancePath+"/sinks/" + i0+"/timeout", "integer");
errors++;
}
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 > 3600000 || isNaN(data21)){
vErrors = beyond(vErrors, instancePath+"/sinks/" + i0+"/timeout", "maximum", "<=", 3600000);
errors++;
}
if(data21 < 100 || isNaN(data21)){
vErrors = beyond(vErrors, instancePath+"/sinks/" + i0+"/timeout", "minimum", ">=", 100);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/sinks/" + i0, "object");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/sinks", "array");
errors++;
}
}
if(data.probes !== undefined){
if(!(validate52(data.probes, {instancePath:instancePath+"/probes",parentData:data,parentDataProperty:"probes",rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
if(data.terminationLog !== undefined){
let data23 = data.terminationLog;
const _errs35 = errors;
let valid4 = false;
const _errs36 = errors;
if(typeof data23 === "string"){
if(!pattern1.test(data23)){
vErrors = noted(vErrors, {instancePath:instancePath+"/terminationLog",keyword:"pattern",params:{pattern: "^[^\\u0000]+$"},message:"must be a path without zero bytes"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/terminationLog", "string");
errors++;
}
var _valid0 = _errs36 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const _errs38 = errors;
if(typeof data23 !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/terminationLog", "boolean");
errors++;
}
if(!(data23 === false)){
vErrors = noted(vErrors, {instancePath:instancePath+"/terminationLog",keyword:"enum",params:{allowedValues: schema6.properties.terminationLog.anyOf[1].enum},message:"must be equal to one of the allowed values"});
errors++;
}
var _valid0 = _errs38 === errors;
valid4 = valid4 || _valid0;
}
if(!valid4){
vErrors = noted(vErrors, {instancePath:instancePath+"/terminationLog",keyword:"anyOf",params:{},message:"must match a schema in anyOf"});
errors++;
}
else {
errors = _errs35;
if(vErrors !== null){
if(_errs35){
vErrors.length = _errs35;
}
else {
vErrors = null;
}
}
}
}
if(data.links !== undefined){
if(!(validate54(data.links, {instancePath:instancePath+"/links",parentData:data,parentDataProperty:"links",rootData}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.dashboard !== undefined){
if(typeof data.dashboard !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/dashboard", "boolean");
errors++;
}
}
if(data.prefix !== undefined){
let data26 = data.prefix;
if(typeof data26 === "string"){
if(!pattern6.test(data26)){
vErrors = noted(vErrors, {instancePath:instancePath+"/prefix",keyword:"pattern",params:{pattern: "^[A-Za-z0-9/._~-]*$"},message:"must be a path of letters, digits and / . _ ~ -"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/prefix", "string");
errors++;
}
}
if(data.labels !== undefined){
if(!(validate56(data.labels, {instancePath:instancePath+"/labels",parentData:data,parentDataProperty:"labels",rootData}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

export const isBucketOptions: Compiled = validate58;
const schema25 = {"type":"object","properties":{"url":{"type":"string","maxLength":400},"endpoint":{"type":"string"},"region":{"type":"string","pattern":"^[A-Za-z0-9-]{1,64}$"},"virtualHost":{"type":"boolean"},"credentials":{"$ref":"#/definitions/credentials"},"kinds":{"type":"array","items":{"type":"string","enum":["cpu-profile","requests","frames","async-stacks","async-wait","heap-profile","heap-snapshot","holders","trace","report"]}},"maxBytes":{"type":"integer","minimum":1,"maximum":9007199254740991},"flush":{"type":"integer","minimum":0,"maximum":60000},"bytesPerSecond":{"type":"integer","minimum":1024,"maximum":9007199254740991},"requestsPerHour":{"type":"integer","minimum":10,"maximum":9007199254740991},"serverSideEncryption":{"type":"string","enum":["AES256","aws:kms","aws:kms:dsse"]},"kmsKeyId":{"type":"string","pattern":"^[\\x21-\\x7e]{1,2048}$"},"storageClass":{"type":"string","pattern":"^[A-Z0-9_]{1,64}$"},"store":{"$ref":"#/definitions/store"}},"additionalProperties":false,"definitions":{"credentials":{"type":"object","properties":{"accessKeyId":{"type":"string","pattern":"^[\\x21-\\x7e]{1,4096}$"},"secretAccessKey":{"type":"string","pattern":"^[\\x21-\\x7e]{1,4096}$"},"sessionToken":{"type":"string","pattern":"^[\\x21-\\x7e]{1,4096}$"}},"required":["accessKeyId","secretAccessKey"],"additionalProperties":false},"store":{"type":"object","properties":{"module":{"type":"string","minLength":1},"options":{}},"required":["module"],"additionalProperties":false}}};
const pattern7 = new RegExp("^[A-Za-z0-9-]{1,64}$", "u");
const pattern11 = new RegExp("^[\\x21-\\x7e]{1,2048}$", "u");
const pattern12 = new RegExp("^[A-Z0-9_]{1,64}$", "u");
const schema26 = {"type":"object","properties":{"accessKeyId":{"type":"string","pattern":"^[\\x21-\\x7e]{1,4096}$"},"secretAccessKey":{"type":"string","pattern":"^[\\x21-\\x7e]{1,4096}$"},"sessionToken":{"type":"string","pattern":"^[\\x21-\\x7e]{1,4096}$"}},"required":["accessKeyId","secretAccessKey"],"additionalProperties":false};
const pattern8 = new RegExp("^[\\x21-\\x7e]{1,4096}$", "u");

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.accessKeyId === undefined){
vErrors = noted(vErrors, {instancePath,keyword:"required",params:{missingProperty: "accessKeyId"},message:"must have required property '"+"accessKeyId"+"'"});
errors++;
}
if(data.secretAccessKey === undefined){
vErrors = noted(vErrors, {instancePath,keyword:"required",params:{missingProperty: "secretAccessKey"},message:"must have required property '"+"secretAccessKey"+"'"});
errors++;
}
for(const key0 in data){
if(!(((key0 === "accessKeyId") || (key0 === "secretAccessKey")) || (key0 === "sessionToken"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.accessKeyId !== undefined){
let data0 = data.accessKeyId;
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
vErrors = noted(vErrors, {instancePath:instancePath+"/accessKeyId",keyword:"pattern",params:{pattern: "^[\\x21-\\x7e]{1,4096}$"},message:"must be visible ASCII characters, at least one"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/accessKeyId", "string");
errors++;
}
}
if(data.secretAccessKey !== undefined){
let data1 = data.secretAccessKey;
if(typeof data1 === "string"){
if(!pattern8.test(data1)){
vErrors = noted(vErrors, {instancePath:instancePath+"/secretAccessKey",keyword:"pattern",params:{pattern: "^[\\x21-\\x7e]{1,4096}$"},message:"must be visible ASCII characters, at least one"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/secretAccessKey", "string");
errors++;
}
}
if(data.sessionToken !== undefined){
let data2 = data.sessionToken;
if(typeof data2 === "string"){
if(!pattern8.test(data2)){
vErrors = noted(vErrors, {instancePath:instancePath+"/sessionToken",keyword:"pattern",params:{pattern: "^[\\x21-\\x7e]{1,4096}$"},message:"must be visible ASCII characters, at least one"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/sessionToken", "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate59.errors = vErrors;
return errors === 0;
}

const schema27 = {"type":"object","properties":{"module":{"type":"string","minLength":1},"options":{}},"required":["module"],"additionalProperties":false};

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.module === undefined){
vErrors = noted(vErrors, {instancePath,keyword:"required",params:{missingProperty: "module"},message:"must have required property '"+"module"+"'"});
errors++;
}
for(const key0 in data){
if(!((key0 === "module") || (key0 === "options"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.module !== undefined){
let data0 = data.module;
if(typeof data0 === "string"){
if(func4(data0) < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/module",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/module", "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate61.errors = vErrors;
return errors === 0;
}


function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema25.properties, key0))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.url !== undefined){
let data0 = data.url;
if(typeof data0 === "string"){
if(func4(data0) > 400){
vErrors = noted(vErrors, {instancePath:instancePath+"/url",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/url", "string");
errors++;
}
}
if(data.endpoint !== undefined){
if(typeof data.endpoint !== "string"){
vErrors = wrongType(vErrors, instancePath+"/endpoint", "string");
errors++;
}
}
if(data.region !== undefined){
let data2 = data.region;
if(typeof data2 === "string"){
if(!pattern7.test(data2)){
vErrors = noted(vErrors, {instancePath:instancePath+"/region",keyword:"pattern",params:{pattern: "^[A-Za-z0-9-]{1,64}$"},message:"must be letters, digits and -, e.g. eu-central-1"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/region", "string");
errors++;
}
}
if(data.virtualHost !== undefined){
if(typeof data.virtualHost !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/virtualHost", "boolean");
errors++;
}
}
if(data.credentials !== undefined){
if(!(validate59(data.credentials, {instancePath:instancePath+"/credentials",parentData:data,parentDataProperty:"credentials",rootData}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data.kinds !== undefined){
let data5 = data.kinds;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/kinds/" + i0, "string");
errors++;
}
if(!((((((((((data6 === "cpu-profile") || (data6 === "requests")) || (data6 === "frames")) || (data6 === "async-stacks")) || (data6 === "async-wait")) || (data6 === "heap-profile")) || (data6 === "heap-snapshot")) || (data6 === "holders")) || (data6 === "trace")) || (data6 === "report"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/kinds/" + i0,keyword:"enum",params:{allowedValues: schema25.properties.kinds.items.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/kinds", "array");
errors++;
}
}
if(data.maxBytes !== undefined){
let data7 = data.maxBytes;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
vErrors = wrongType(vErrors, instancePath+"/maxBytes", "integer");
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
vErrors = beyond(vErrors, instancePath+"/maxBytes", "maximum", "<=", 9007199254740991);
errors++;
}
if(data7 < 1 || isNaN(data7)){
vErrors = beyond(vErrors, instancePath+"/maxBytes", "minimum", ">=", 1);
errors++;
}
}
}
if(data.flush !== undefined){
let data8 = data.flush;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
vErrors = wrongType(vErrors, instancePath+"/flush", "integer");
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 60000 || isNaN(data8)){
vErrors = beyond(vErrors, instancePath+"/flush", "maximum", "<=", 60000);
errors++;
}
if(data8 < 0 || isNaN(data8)){
vErrors = beyond(vErrors, instancePath+"/flush", "minimum", ">=", 0);
errors++;
}
}
}
if(data.bytesPerSecond !== undefined){
let data9 = data.bytesPerSecond;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
vErrors = wrongType(vErrors, instancePath+"/bytesPerSecond", "integer");
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 9007199254740991 || isNaN(data9)){
vErrors = beyond(vErrors, instancePath+"/bytesPerSecond", "maximum", "<=", 9007199254740991);
errors++;
}
if(data9 < 1024 || isNaN(data9)){
vErrors = beyond(vErrors, instancePath+"/bytesPerSecond", "minimum", ">=", 1024);
errors++;
}
}
}
if(data.requestsPerHour !== undefined){
let data10 = data.requestsPerHour;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
vErrors = wrongType(vErrors, instancePath+"/requestsPerHour", "integer");
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 9007199254740991 || isNaN(data10)){
vErrors = beyond(vErrors, instancePath+"/requestsPerHour", "maximum", "<=", 9007199254740991);
errors++;
}
if(data10 < 10 || isNaN(data10)){
vErrors = beyond(vErrors, instancePath+"/requestsPerHour", "minimum", ">=", 10);
errors++;
}
}
}
if(data.serverSideEncryption !== undefined){
let data11 = data.serverSideEncryption;
if(typeof data11 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/serverSideEncryption", "string");
errors++;
}
if(!(((data11 === "AES256") || (data11 === "aws:kms")) || (data11 === "aws:kms:dsse"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/serverSideEncryption",keyword:"enum",params:{allowedValues: schema25.properties.serverSideEncryption.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
if(data.kmsKeyId !== undefined){
let data12 = data.kmsKeyId;
if(typeof data12 === "string"){
if(!pattern11.test(data12)){
vErrors = noted(vErrors, {instancePath:instancePath+"/kmsKeyId",keyword:"pattern",params:{pattern: "^[\\x21-\\x7e]{1,2048}$"},message:"must be visible ASCII characters, 2048 at most"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/kmsKeyId", "string");
errors++;
}
}
if(data.storageClass !== undefined){
let data13 = data.storageClass;
if(typeof data13 === "string"){
if(!pattern12.test(data13)){
vErrors = noted(vErrors, {instancePath:instancePath+"/storageClass",keyword:"pattern",params:{pattern: "^[A-Z0-9_]{1,64}$"},message:"must be capitals, digits and _, e.g. STANDARD_IA"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/storageClass", "string");
errors++;
}
}
if(data.store !== undefined){
if(!(validate61(data.store, {instancePath:instancePath+"/store",parentData:data,parentDataProperty:"store",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate58.errors = vErrors;
return errors === 0;
}

export const isMessageOptions: Compiled = validate63;
const schema28 = {"type":"object","properties":{"publicUrl":{"type":"string","maxLength":500},"quiet":{"type":"integer","minimum":1000,"maximum":86400000}},"additionalProperties":false};

function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "publicUrl") || (key0 === "quiet"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.publicUrl !== undefined){
let data0 = data.publicUrl;
if(typeof data0 === "string"){
if(func4(data0) > 500){
vErrors = noted(vErrors, {instancePath:instancePath+"/publicUrl",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/publicUrl", "string");
errors++;
}
}
if(data.quiet !== undefined){
let data1 = data.quiet;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/quiet", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 86400000 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/quiet", "maximum", "<=", 86400000);
errors++;
}
if(data1 < 1000 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/quiet", "minimum", ">=", 1000);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate63.errors = vErrors;
return errors === 0;
}

export const isWebhookOptions: Compiled = validate64;
const schema29 = {"type":"object","properties":{"url":{"type":"string","maxLength":4096},"format":{"type":"string","enum":["json","slack","discord","teams","feishu","lark","dingtalk","wecom"]},"secret":{"type":"string","minLength":1},"headers":{"$ref":"#/definitions/headers"},"timeout":{"type":"integer","minimum":100,"maximum":60000}},"required":["url"],"additionalProperties":false,"definitions":{"headers":{"type":"object","additionalProperties":{"type":"string"}}}};
const schema30 = {"type":"object","additionalProperties":{"type":"string"}};

function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(typeof data[key0] !== "string"){
vErrors = wrongType(vErrors, instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate65.errors = vErrors;
return errors === 0;
}


function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.url === undefined){
vErrors = noted(vErrors, {instancePath,keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"});
errors++;
}
for(const key0 in data){
if(!(((((key0 === "url") || (key0 === "format")) || (key0 === "secret")) || (key0 === "headers")) || (key0 === "timeout"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.url !== undefined){
let data0 = data.url;
if(typeof data0 === "string"){
if(func4(data0) > 4096){
vErrors = noted(vErrors, {instancePath:instancePath+"/url",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/url", "string");
errors++;
}
}
if(data.format !== undefined){
let data1 = data.format;
if(typeof data1 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/format", "string");
errors++;
}
if(!((((((((data1 === "json") || (data1 === "slack")) || (data1 === "discord")) || (data1 === "teams")) || (data1 === "feishu")) || (data1 === "lark")) || (data1 === "dingtalk")) || (data1 === "wecom"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/format",keyword:"enum",params:{allowedValues: schema29.properties.format.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
if(data.secret !== undefined){
let data2 = data.secret;
if(typeof data2 === "string"){
if(func4(data2) < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/secret",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/secret", "string");
errors++;
}
}
if(data.headers !== undefined){
if(!(validate65(data.headers, {instancePath:instancePath+"/headers",parentData:data,parentDataProperty:"headers",rootData}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
let data4 = data.timeout;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = wrongType(vErrors, instancePath+"/timeout", "integer");
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 60000 || isNaN(data4)){
vErrors = beyond(vErrors, instancePath+"/timeout", "maximum", "<=", 60000);
errors++;
}
if(data4 < 100 || isNaN(data4)){
vErrors = beyond(vErrors, instancePath+"/timeout", "minimum", ">=", 100);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}

export const isProfilesOptions: Compiled = validate67;
const schema31 = {"type":"object","properties":{"push":{"type":"array","items":{"type":"object","properties":{"to":{"type":"string","enum":["pyroscope","parca","otlp"]},"url":{"type":"string"},"headers":{"type":"object","additionalProperties":{"type":"string"}},"every":{"type":"integer","minimum":1000,"maximum":1800000},"experimental":{"type":"boolean"}},"required":["to","url"],"additionalProperties":false},"maxItems":8},"pull":{"$ref":"#/definitions/pull"},"shares":{"type":"boolean"}},"additionalProperties":false,"definitions":{"pull":{"type":"object","properties":{"prefix":{"type":"string","pattern":"^[A-Za-z0-9/._~-]*[A-Za-z0-9._~-][A-Za-z0-9/._~-]*$"}},"additionalProperties":false}}};
const schema32 = {"type":"object","properties":{"prefix":{"type":"string","pattern":"^[A-Za-z0-9/._~-]*[A-Za-z0-9._~-][A-Za-z0-9/._~-]*$"}},"additionalProperties":false};
const pattern13 = new RegExp("^[A-Za-z0-9/._~-]*[A-Za-z0-9._~-][A-Za-z0-9/._~-]*$", "u");

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "prefix")){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.prefix !== undefined){
let data0 = data.prefix;
if(typeof data0 === "string"){
if(!pattern13.test(data0)){
vErrors = noted(vErrors, {instancePath:instancePath+"/prefix",keyword:"pattern",params:{pattern: "^[A-Za-z0-9/._~-]*[A-Za-z0-9._~-][A-Za-z0-9/._~-]*$"},message:"must be a path of letters, digits and / . _ ~ -"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/prefix", "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}


function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "push") || (key0 === "pull")) || (key0 === "shares"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.push !== undefined){
let data0 = data.push;
if(Array.isArray(data0)){
if(data0.length > 8){
vErrors = noted(vErrors, {instancePath:instancePath+"/push",keyword:"maxItems",params:{limit: 8},message:"must NOT have more than 8 items"});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.to === undefined){
vErrors = noted(vErrors, {instancePath:instancePath+"/push/" + i0,keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'"});
errors++;
}
if(data1.url === undefined){
vErrors = noted(vErrors, {instancePath:instancePath+"/push/" + i0,keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"});
errors++;
}
for(const key1 in data1){
if(!(((((key1 === "to") || (key1 === "url")) || (key1 === "headers")) || (key1 === "every")) || (key1 === "experimental"))){
vErrors = unknownField(vErrors, instancePath+"/push/" + i0, key1);
errors++;
}
}
if(data1.to !== undefined){
let data2 = data1.to;
if(typeof data2 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/push/" + i0+"/to", "string");
errors++;
}
if(!(((data2 === "pyroscope") || (data2 === "parca")) || (data2 === "otlp"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/push/" + i0+"/to",keyword:"enum",params:{allowedValues: schema31.properties.push.items.properties.to.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
if(data1.url !== undefined){
if(typeof data1.url !== "string"){
vErrors = wrongType(vErrors, instancePath+"/push/" + i0+"/url", "string");
errors++;
}
}
if(data1.headers !== undefined){
let data4 = data1.headers;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
if(typeof data4[key2] !== "string"){
vErrors = wrongType(vErrors, instancePath+"/push/" + i0+"/headers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/push/" + i0+"/headers", "object");
errors++;
}
}
if(data1.every !== undefined){
let data6 = data1.every;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
vErrors = wrongType(vErrors, instancePath+"/push/" + i0+"/every", "integer");
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1800000 || isNaN(data6)){
vErrors = beyond(vErrors, instancePath+"/push/" + i0+"/every", "maximum", "<=", 1800000);
errors++;
}
if(data6 < 1000 || isNaN(data6)){
vErrors = beyond(vErrors, instancePath+"/push/" + i0+"/every", "minimum", ">=", 1000);
errors++;
}
}
}
if(data1.experimental !== undefined){
if(typeof data1.experimental !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/push/" + i0+"/experimental", "boolean");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/push/" + i0, "object");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/push", "array");
errors++;
}
}
if(data.pull !== undefined){
if(!(validate68(data.pull, {instancePath:instancePath+"/pull",parentData:data,parentDataProperty:"pull",rootData}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
}
if(data.shares !== undefined){
if(typeof data.shares !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/shares", "boolean");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate67.errors = vErrors;
return errors === 0;
}

export const isThreshold: Compiled = validate43;
