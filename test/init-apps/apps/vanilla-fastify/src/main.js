document.querySelector('#app').textContent = 'An app'
