// src/courier/main.tsx
document.title = "x";
