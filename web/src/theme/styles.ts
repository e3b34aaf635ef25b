// Mantine's rules lie in a cascade layer, so ours win whatever the order of the files.
import '#web/theme/global.css'
import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
