export default function App() {
  return <h1>An app</h1>
}
