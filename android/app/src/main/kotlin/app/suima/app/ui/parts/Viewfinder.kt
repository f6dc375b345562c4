package app.suima.app.ui.parts

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier

/** Draws the camera's picture, and tells the text of every code in it. The platform brings it. */
typealias Viewfinder = @Composable (onText: (String) -> Unit, modifier: Modifier) -> Unit
