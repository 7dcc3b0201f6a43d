"""What asks or tells before or beside the everyday work: settings, history, trash, import, export …"""
