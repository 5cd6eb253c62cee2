module.exports = { apps: [{ name: 'app', script: 'app.js', exec_mode: 'fork', instances: 1 }] }
