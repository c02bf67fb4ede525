"""From data to `plotly.graph_objects.Figure`: pure functions, no Streamlit.

Colours and sizes that all figures share are in `style`.
"""
