module.exports = { apps: [{ name: 'app', script: 'app.js', exec_mode: 'cluster', instances: 1 }] }
