try {
  const theme = localStorage.getItem('partnered.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {}
