import express from 'express'
import { createServer } from 'vite'

const app = express()
app.use(express.json())

const vite = await createServer({ server: { middlewareMode: true } })
app.use(vite.middlewares)

app.listen(process.env.PORT ?? 5173)
