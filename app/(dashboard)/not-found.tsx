export { DashboardNotFound as default } from '#components/shell/not-found-state.tsx'
