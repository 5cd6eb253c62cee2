// @ts-nocheck
// Made by scripts/generate.mjs. Do not edit: change the types, then `npm run generate`.
import { type Compiled, beyond, codePoints, noted, unknownField, wrongType } from '../lib/validate.js'
export const isTriggerRequest: Compiled = validate21;
const schema6 = {"type":"object","properties":{"capture":{"type":"array","items":{"type":"string","enum":["cpu-profile","requests","frames","async-stacks","async-wait","heap-profile","heap-snapshot","holders","trace","report"]},"minItems":1,"uniqueItems":true},"duration":{"type":"integer","minimum":10,"maximum":300000},"reason":{"type":"string","maxLength":500},"worker":{"type":["string","integer"],"minLength":1,"maxLength":64,"minimum":1}},"additionalProperties":false};
const func2 = codePoints;

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "capture") || (key0 === "duration")) || (key0 === "reason")) || (key0 === "worker"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.capture !== undefined){
let data0 = data.capture;
if(Array.isArray(data0)){
if(data0.length < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/capture",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"});
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/capture/" + i0, "string");
errors++;
}
if(!((((((((((data1 === "cpu-profile") || (data1 === "requests")) || (data1 === "frames")) || (data1 === "async-stacks")) || (data1 === "async-wait")) || (data1 === "heap-profile")) || (data1 === "heap-snapshot")) || (data1 === "holders")) || (data1 === "trace")) || (data1 === "report"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/capture/" + i0,keyword:"enum",params:{allowedValues: schema6.properties.capture.items.enum},message:"must be equal to one of the allowed values"});
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
if(data.duration !== undefined){
let data2 = data.duration;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = wrongType(vErrors, instancePath+"/duration", "integer");
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 300000 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/duration", "maximum", "<=", 300000);
errors++;
}
if(data2 < 10 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/duration", "minimum", ">=", 10);
errors++;
}
}
}
if(data.reason !== undefined){
let data3 = data.reason;
if(typeof data3 === "string"){
if(func2(data3) > 500){
vErrors = noted(vErrors, {instancePath:instancePath+"/reason",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/reason", "string");
errors++;
}
}
if(data.worker !== undefined){
let data4 = data.worker;
if((typeof data4 !== "string") && (!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4))))){
vErrors = noted(vErrors, {instancePath:instancePath+"/worker",keyword:"type",params:{type: schema6.properties.worker.type},message:"must be string,integer"});
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 1 || isNaN(data4)){
vErrors = beyond(vErrors, instancePath+"/worker", "minimum", ">=", 1);
errors++;
}
}
if(typeof data4 === "string"){
if(func2(data4) > 64){
vErrors = noted(vErrors, {instancePath:instancePath+"/worker",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"});
errors++;
}
if(func2(data4) < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/worker",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"});
errors++;
}
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

export const isFaultPatch: Compiled = validate22;
const schema7 = {"type":"object","properties":{"state":{"type":"string","enum":["open","ignored","resolved"]},"note":{"type":"string","maxLength":2000}},"additionalProperties":false};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "state") || (key0 === "note"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.state !== undefined){
let data0 = data.state;
if(typeof data0 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/state", "string");
errors++;
}
if(!(((data0 === "open") || (data0 === "ignored")) || (data0 === "resolved"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/state",keyword:"enum",params:{allowedValues: schema7.properties.state.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
if(data.note !== undefined){
let data1 = data.note;
if(typeof data1 === "string"){
if(func2(data1) > 2000){
vErrors = noted(vErrors, {instancePath:instancePath+"/note",keyword:"maxLength",params:{limit: 2000},message:"must NOT have more than 2000 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/note", "string");
errors++;
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

export const isReplayRequest: Compiled = validate23;
const schema8 = {"type":"object","properties":{"thresholds":{"type":"object","additionalProperties":{"anyOf":[{"type":"object","properties":{"enabled":{"type":"boolean"},"min":{"type":"number","minimum":0,"maximum":9007199254740991},"cooldown":{"type":"integer","minimum":0,"maximum":31536000000},"hold":{"type":"integer","minimum":1,"maximum":1000},"capture":{"type":"array","items":{"type":"string","enum":["cpu-profile","requests","frames","async-stacks","async-wait","heap-profile","heap-snapshot","holders","trace","report"]},"minItems":1,"uniqueItems":true},"spike":{"type":["number","null"],"exclusiveMinimum":0,"maximum":1000000},"watermark":{"type":["number","null"],"exclusiveMinimum":0,"maximum":9007199254740991},"leak":{"type":["integer","null"],"minimum":60000,"maximum":31536000000}},"additionalProperties":false},{"type":"null"}]}},"service":{"type":"string","maxLength":200},"version":{"type":"string","maxLength":200},"origin":{"type":"string","maxLength":200},"since":{"type":"integer","minimum":0},"until":{"type":"integer","minimum":0},"dumps":{"type":"integer","minimum":1,"maximum":1000},"history":{"type":"integer","minimum":2,"maximum":1000},"warmup":{"type":"integer","minimum":2,"maximum":1000}},"additionalProperties":false};
const func6 = Object.prototype.hasOwnProperty;

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func6.call(schema8.properties, key0))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.thresholds !== undefined){
let data0 = data.thresholds;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
let data1 = data0[key1];
const _errs6 = errors;
let valid2 = false;
const _errs7 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key2 in data1){
if(!((((((((key2 === "enabled") || (key2 === "min")) || (key2 === "cooldown")) || (key2 === "hold")) || (key2 === "capture")) || (key2 === "spike")) || (key2 === "watermark")) || (key2 === "leak"))){
vErrors = unknownField(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), key2);
errors++;
}
}
if(data1.enabled !== undefined){
if(typeof data1.enabled !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/enabled", "boolean");
errors++;
}
}
if(data1.min !== undefined){
let data3 = data1.min;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/min", "maximum", "<=", 9007199254740991);
errors++;
}
if(data3 < 0 || isNaN(data3)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/min", "minimum", ">=", 0);
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/min", "number");
errors++;
}
}
if(data1.cooldown !== undefined){
let data4 = data1.cooldown;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
vErrors = wrongType(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/cooldown", "integer");
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 31536000000 || isNaN(data4)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/cooldown", "maximum", "<=", 31536000000);
errors++;
}
if(data4 < 0 || isNaN(data4)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/cooldown", "minimum", ">=", 0);
errors++;
}
}
}
if(data1.hold !== undefined){
let data5 = data1.hold;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
vErrors = wrongType(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/hold", "integer");
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1000 || isNaN(data5)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/hold", "maximum", "<=", 1000);
errors++;
}
if(data5 < 1 || isNaN(data5)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/hold", "minimum", ">=", 1);
errors++;
}
}
}
if(data1.capture !== undefined){
let data6 = data1.capture;
if(Array.isArray(data6)){
if(data6.length < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"});
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture/" + i0, "string");
errors++;
}
if(!((((((((((data7 === "cpu-profile") || (data7 === "requests")) || (data7 === "frames")) || (data7 === "async-stacks")) || (data7 === "async-wait")) || (data7 === "heap-profile")) || (data7 === "heap-snapshot")) || (data7 === "holders")) || (data7 === "trace")) || (data7 === "report"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture/" + i0,keyword:"enum",params:{allowedValues: schema8.properties.thresholds.additionalProperties.anyOf[0].properties.capture.items.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
let i1 = data6.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data6[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
vErrors = noted(vErrors, {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"});
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/capture", "array");
errors++;
}
}
if(data1.spike !== undefined){
let data8 = data1.spike;
if((!((typeof data8 == "number") && (isFinite(data8)))) && (data8 !== null)){
vErrors = noted(vErrors, {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/spike",keyword:"type",params:{type: schema8.properties.thresholds.additionalProperties.anyOf[0].properties.spike.type},message:"must be number,null"});
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 1000000 || isNaN(data8)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/spike", "maximum", "<=", 1000000);
errors++;
}
if(data8 <= 0 || isNaN(data8)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/spike", "exclusiveMinimum", ">", 0);
errors++;
}
}
}
if(data1.watermark !== undefined){
let data9 = data1.watermark;
if((!((typeof data9 == "number") && (isFinite(data9)))) && (data9 !== null)){
vErrors = noted(vErrors, {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/watermark",keyword:"type",params:{type: schema8.properties.thresholds.additionalProperties.anyOf[0].properties.watermark.type},message:"must be number,null"});
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 9007199254740991 || isNaN(data9)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/watermark", "maximum", "<=", 9007199254740991);
errors++;
}
if(data9 <= 0 || isNaN(data9)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/watermark", "exclusiveMinimum", ">", 0);
errors++;
}
}
}
if(data1.leak !== undefined){
let data10 = data1.leak;
if((!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))) && (data10 !== null)){
vErrors = noted(vErrors, {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/leak",keyword:"type",params:{type: schema8.properties.thresholds.additionalProperties.anyOf[0].properties.leak.type},message:"must be integer,null"});
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 31536000000 || isNaN(data10)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/leak", "maximum", "<=", 31536000000);
errors++;
}
if(data10 < 60000 || isNaN(data10)){
vErrors = beyond(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/leak", "minimum", ">=", 60000);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), "object");
errors++;
}
var _valid0 = _errs7 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const _errs28 = errors;
if(data1 !== null){
vErrors = wrongType(vErrors, instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), "null");
errors++;
}
var _valid0 = _errs28 === errors;
valid2 = valid2 || _valid0;
}
if(!valid2){
vErrors = noted(vErrors, {instancePath:instancePath+"/thresholds/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"anyOf",params:{},message:"must match a schema in anyOf"});
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/thresholds", "object");
errors++;
}
}
if(data.service !== undefined){
let data11 = data.service;
if(typeof data11 === "string"){
if(func2(data11) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/service",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/service", "string");
errors++;
}
}
if(data.version !== undefined){
let data12 = data.version;
if(typeof data12 === "string"){
if(func2(data12) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/version",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/version", "string");
errors++;
}
}
if(data.origin !== undefined){
let data13 = data.origin;
if(typeof data13 === "string"){
if(func2(data13) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/origin",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/origin", "string");
errors++;
}
}
if(data.since !== undefined){
let data14 = data.since;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
vErrors = wrongType(vErrors, instancePath+"/since", "integer");
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
vErrors = beyond(vErrors, instancePath+"/since", "minimum", ">=", 0);
errors++;
}
}
}
if(data.until !== undefined){
let data15 = data.until;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
vErrors = wrongType(vErrors, instancePath+"/until", "integer");
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
vErrors = beyond(vErrors, instancePath+"/until", "minimum", ">=", 0);
errors++;
}
}
}
if(data.dumps !== undefined){
let data16 = data.dumps;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
vErrors = wrongType(vErrors, instancePath+"/dumps", "integer");
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 1000 || isNaN(data16)){
vErrors = beyond(vErrors, instancePath+"/dumps", "maximum", "<=", 1000);
errors++;
}
if(data16 < 1 || isNaN(data16)){
vErrors = beyond(vErrors, instancePath+"/dumps", "minimum", ">=", 1);
errors++;
}
}
}
if(data.history !== undefined){
let data17 = data.history;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
vErrors = wrongType(vErrors, instancePath+"/history", "integer");
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 1000 || isNaN(data17)){
vErrors = beyond(vErrors, instancePath+"/history", "maximum", "<=", 1000);
errors++;
}
if(data17 < 2 || isNaN(data17)){
vErrors = beyond(vErrors, instancePath+"/history", "minimum", ">=", 2);
errors++;
}
}
}
if(data.warmup !== undefined){
let data18 = data.warmup;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
vErrors = wrongType(vErrors, instancePath+"/warmup", "integer");
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 1000 || isNaN(data18)){
vErrors = beyond(vErrors, instancePath+"/warmup", "maximum", "<=", 1000);
errors++;
}
if(data18 < 2 || isNaN(data18)){
vErrors = beyond(vErrors, instancePath+"/warmup", "minimum", ">=", 2);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}

export const isLoginRequest: Compiled = validate24;
const schema9 = {"type":"object","properties":{"token":{"type":"string","minLength":1,"maxLength":4096},"path":{"type":"string","maxLength":1024,"pattern":"^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"}},"required":["token"],"additionalProperties":false};
const pattern0 = new RegExp("^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.token === undefined){
vErrors = noted(vErrors, {instancePath,keyword:"required",params:{missingProperty: "token"},message:"must have required property '"+"token"+"'"});
errors++;
}
for(const key0 in data){
if(!((key0 === "token") || (key0 === "path"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.token !== undefined){
let data0 = data.token;
if(typeof data0 === "string"){
if(func2(data0) > 4096){
vErrors = noted(vErrors, {instancePath:instancePath+"/token",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"});
errors++;
}
if(func2(data0) < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/token",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/token", "string");
errors++;
}
}
if(data.path !== undefined){
let data1 = data.path;
if(typeof data1 === "string"){
if(func2(data1) > 1024){
vErrors = noted(vErrors, {instancePath:instancePath+"/path",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"});
errors++;
}
if(!pattern0.test(data1)){
vErrors = noted(vErrors, {instancePath:instancePath+"/path",keyword:"pattern",params:{pattern: "^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"},message:"must match pattern \""+"^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"+"\""});
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
validate24.errors = vErrors;
return errors === 0;
}

export const isLogoutRequest: Compiled = validate25;
const schema10 = {"type":"object","properties":{"path":{"type":"string","maxLength":1024,"pattern":"^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"}},"additionalProperties":false};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "path")){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.path !== undefined){
let data0 = data.path;
if(typeof data0 === "string"){
if(func2(data0) > 1024){
vErrors = noted(vErrors, {instancePath:instancePath+"/path",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"});
errors++;
}
if(!pattern0.test(data0)){
vErrors = noted(vErrors, {instancePath:instancePath+"/path",keyword:"pattern",params:{pattern: "^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"},message:"must match pattern \""+"^/[\\w\\-.~!$&'()*+,=:\\x40%/]*$"+"\""});
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
validate25.errors = vErrors;
return errors === 0;
}

const isNoQuery: Compiled = validate26;
const schema11 = {"type":"object","additionalProperties":false};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}

const isListQuery: Compiled = validate27;
const schema12 = {"type":"object","properties":{"limit":{"type":"integer","minimum":1,"maximum":1000},"cursor":{"type":"string","minLength":1,"maxLength":500},"metric":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_]{0,63}$"},"rule":{"type":"string","enum":["spike","watermark","leak","manual","crash"]},"q":{"type":"string","maxLength":200},"pinned":{"type":"boolean"},"service":{"type":"string","maxLength":200},"version":{"type":"string","maxLength":200},"origin":{"type":"string","maxLength":200},"fault":{"type":"string","pattern":"^[0-9a-f]{12}$"},"since":{"type":"integer","minimum":0},"until":{"type":"integer","minimum":0},"facets":{"type":"boolean"}},"additionalProperties":false};
const pattern2 = new RegExp("^[A-Za-z][A-Za-z0-9_]{0,63}$", "u");
const pattern3 = new RegExp("^[0-9a-f]{12}$", "u");

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func6.call(schema12.properties, key0))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.limit !== undefined){
let data0 = data.limit;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/limit", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/limit", "maximum", "<=", 1000);
errors++;
}
if(data0 < 1 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/limit", "minimum", ">=", 1);
errors++;
}
}
}
if(data.cursor !== undefined){
let data1 = data.cursor;
if(typeof data1 === "string"){
if(func2(data1) > 500){
vErrors = noted(vErrors, {instancePath:instancePath+"/cursor",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"});
errors++;
}
if(func2(data1) < 1){
vErrors = noted(vErrors, {instancePath:instancePath+"/cursor",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/cursor", "string");
errors++;
}
}
if(data.metric !== undefined){
let data2 = data.metric;
if(typeof data2 === "string"){
if(!pattern2.test(data2)){
vErrors = noted(vErrors, {instancePath:instancePath+"/metric",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]{0,63}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]{0,63}$"+"\""});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/metric", "string");
errors++;
}
}
if(data.rule !== undefined){
let data3 = data.rule;
if(typeof data3 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/rule", "string");
errors++;
}
if(!(((((data3 === "spike") || (data3 === "watermark")) || (data3 === "leak")) || (data3 === "manual")) || (data3 === "crash"))){
vErrors = noted(vErrors, {instancePath:instancePath+"/rule",keyword:"enum",params:{allowedValues: schema12.properties.rule.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
if(data.q !== undefined){
let data4 = data.q;
if(typeof data4 === "string"){
if(func2(data4) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/q",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/q", "string");
errors++;
}
}
if(data.pinned !== undefined){
if(typeof data.pinned !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/pinned", "boolean");
errors++;
}
}
if(data.service !== undefined){
let data6 = data.service;
if(typeof data6 === "string"){
if(func2(data6) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/service",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/service", "string");
errors++;
}
}
if(data.version !== undefined){
let data7 = data.version;
if(typeof data7 === "string"){
if(func2(data7) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/version",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/version", "string");
errors++;
}
}
if(data.origin !== undefined){
let data8 = data.origin;
if(typeof data8 === "string"){
if(func2(data8) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/origin",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/origin", "string");
errors++;
}
}
if(data.fault !== undefined){
let data9 = data.fault;
if(typeof data9 === "string"){
if(!pattern3.test(data9)){
vErrors = noted(vErrors, {instancePath:instancePath+"/fault",keyword:"pattern",params:{pattern: "^[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/fault", "string");
errors++;
}
}
if(data.since !== undefined){
let data10 = data.since;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
vErrors = wrongType(vErrors, instancePath+"/since", "integer");
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
vErrors = beyond(vErrors, instancePath+"/since", "minimum", ">=", 0);
errors++;
}
}
}
if(data.until !== undefined){
let data11 = data.until;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
vErrors = wrongType(vErrors, instancePath+"/until", "integer");
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
vErrors = beyond(vErrors, instancePath+"/until", "minimum", ">=", 0);
errors++;
}
}
}
if(data.facets !== undefined){
if(typeof data.facets !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/facets", "boolean");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate27.errors = vErrors;
return errors === 0;
}

const isInstanceQuery: Compiled = validate28;
const schema13 = {"type":"object","properties":{"instance":{"type":"string","maxLength":32,"pattern":"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"}},"additionalProperties":false};
const pattern4 = new RegExp("^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$", "u");

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "instance")){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.instance !== undefined){
let data0 = data.instance;
if(typeof data0 === "string"){
if(func2(data0) > 32){
vErrors = noted(vErrors, {instancePath:instancePath+"/instance",keyword:"maxLength",params:{limit: 32},message:"must NOT have more than 32 characters"});
errors++;
}
if(!pattern4.test(data0)){
vErrors = noted(vErrors, {instancePath:instancePath+"/instance",keyword:"pattern",params:{pattern: "^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},message:"must match pattern \""+"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"+"\""});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/instance", "string");
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

const isArtifactQuery: Compiled = validate29;
const schema14 = {"type":"object","properties":{"format":{"type":"string","enum":["pprof"]},"link":{"type":"boolean"}},"additionalProperties":false};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "format") || (key0 === "link"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.format !== undefined){
let data0 = data.format;
if(typeof data0 !== "string"){
vErrors = wrongType(vErrors, instancePath+"/format", "string");
errors++;
}
if(!(data0 === "pprof")){
vErrors = noted(vErrors, {instancePath:instancePath+"/format",keyword:"enum",params:{allowedValues: schema14.properties.format.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
if(data.link !== undefined){
if(typeof data.link !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/link", "boolean");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const isTriggerQuery: Compiled = validate30;
const schema15 = {"type":"object","properties":{"instance":{"type":"string","maxLength":32,"pattern":"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},"wait":{"type":"boolean"}},"additionalProperties":false};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "instance") || (key0 === "wait"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.instance !== undefined){
let data0 = data.instance;
if(typeof data0 === "string"){
if(func2(data0) > 32){
vErrors = noted(vErrors, {instancePath:instancePath+"/instance",keyword:"maxLength",params:{limit: 32},message:"must NOT have more than 32 characters"});
errors++;
}
if(!pattern4.test(data0)){
vErrors = noted(vErrors, {instancePath:instancePath+"/instance",keyword:"pattern",params:{pattern: "^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},message:"must match pattern \""+"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"+"\""});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/instance", "string");
errors++;
}
}
if(data.wait !== undefined){
if(typeof data.wait !== "boolean"){
vErrors = wrongType(vErrors, instancePath+"/wait", "boolean");
errors++;
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

const isSamplesQuery: Compiled = validate31;
const schema16 = {"type":"object","properties":{"instance":{"type":"string","maxLength":32,"pattern":"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},"since":{"type":"integer","minimum":0}},"additionalProperties":false};

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "instance") || (key0 === "since"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.instance !== undefined){
let data0 = data.instance;
if(typeof data0 === "string"){
if(func2(data0) > 32){
vErrors = noted(vErrors, {instancePath:instancePath+"/instance",keyword:"maxLength",params:{limit: 32},message:"must NOT have more than 32 characters"});
errors++;
}
if(!pattern4.test(data0)){
vErrors = noted(vErrors, {instancePath:instancePath+"/instance",keyword:"pattern",params:{pattern: "^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"},message:"must match pattern \""+"^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$"+"\""});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/instance", "string");
errors++;
}
}
if(data.since !== undefined){
let data1 = data.since;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/since", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/since", "minimum", ">=", 0);
errors++;
}
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}

const isFaultsQuery: Compiled = validate32;
const schema17 = {"type":"object","properties":{"since":{"type":"integer","minimum":0},"until":{"type":"integer","minimum":0},"service":{"type":"string","maxLength":200}},"additionalProperties":false};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "since") || (key0 === "until")) || (key0 === "service"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.since !== undefined){
let data0 = data.since;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/since", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/since", "minimum", ">=", 0);
errors++;
}
}
}
if(data.until !== undefined){
let data1 = data.until;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/until", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/until", "minimum", ">=", 0);
errors++;
}
}
}
if(data.service !== undefined){
let data2 = data.service;
if(typeof data2 === "string"){
if(func2(data2) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/service",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/service", "string");
errors++;
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

const isSharesQuery: Compiled = validate33;
const schema18 = {"type":"object","properties":{"service":{"type":"string","maxLength":200},"version":{"type":"string","maxLength":200},"than":{"type":"string","maxLength":200},"origin":{"type":"string","maxLength":200}},"additionalProperties":false};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "service") || (key0 === "version")) || (key0 === "than")) || (key0 === "origin"))){
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.service !== undefined){
let data0 = data.service;
if(typeof data0 === "string"){
if(func2(data0) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/service",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/service", "string");
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(typeof data1 === "string"){
if(func2(data1) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/version",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/version", "string");
errors++;
}
}
if(data.than !== undefined){
let data2 = data.than;
if(typeof data2 === "string"){
if(func2(data2) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/than",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/than", "string");
errors++;
}
}
if(data.origin !== undefined){
let data3 = data.origin;
if(typeof data3 === "string"){
if(func2(data3) > 200){
vErrors = noted(vErrors, {instancePath:instancePath+"/origin",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"});
errors++;
}
}
else {
vErrors = wrongType(vErrors, instancePath+"/origin", "string");
errors++;
}
}
}
else {
vErrors = wrongType(vErrors, instancePath, "object");
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
vErrors = unknownField(vErrors, instancePath, key0);
errors++;
}
}
if(data.seconds !== undefined){
let data0 = data.seconds;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = wrongType(vErrors, instancePath+"/seconds", "integer");
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 86400 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/seconds", "maximum", "<=", 86400);
errors++;
}
if(data0 < 1 || isNaN(data0)){
vErrors = beyond(vErrors, instancePath+"/seconds", "minimum", ">=", 1);
errors++;
}
}
}
if(data.gc !== undefined){
let data1 = data.gc;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
vErrors = wrongType(vErrors, instancePath+"/gc", "integer");
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/gc", "maximum", "<=", 1);
errors++;
}
if(data1 < 0 || isNaN(data1)){
vErrors = beyond(vErrors, instancePath+"/gc", "minimum", ">=", 0);
errors++;
}
}
}
if(data.debug !== undefined){
let data2 = data.debug;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
vErrors = wrongType(vErrors, instancePath+"/debug", "integer");
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 0 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/debug", "maximum", "<=", 0);
errors++;
}
if(data2 < 0 || isNaN(data2)){
vErrors = beyond(vErrors, instancePath+"/debug", "minimum", ">=", 0);
errors++;
}
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

/** Of query parameters, by the name of their type. */
export const queries: Record<string, { validate: Compiled; types: Record<string, string> }> = {
  NoQuery: { validate: isNoQuery, types: {} },
  ListQuery: { validate: isListQuery, types: {"limit":"integer","cursor":"string","metric":"string","rule":"string","q":"string","pinned":"boolean","service":"string","version":"string","origin":"string","fault":"string","since":"integer","until":"integer","facets":"boolean"} },
  InstanceQuery: { validate: isInstanceQuery, types: {"instance":"string"} },
  ArtifactQuery: { validate: isArtifactQuery, types: {"format":"string","link":"boolean"} },
  TriggerQuery: { validate: isTriggerQuery, types: {"instance":"string","wait":"boolean"} },
  SamplesQuery: { validate: isSamplesQuery, types: {"instance":"string","since":"integer"} },
  FaultsQuery: { validate: isFaultsQuery, types: {"since":"integer","until":"integer","service":"string"} },
  SharesQuery: { validate: isSharesQuery, types: {"service":"string","version":"string","than":"string","origin":"string"} },
  PprofQuery: { validate: isPprofQuery, types: {"seconds":"integer","gc":"integer","debug":"integer"} },
}
